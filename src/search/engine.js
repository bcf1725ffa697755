// Search in the browser. The format of the files it reads stands in src/search/mod.rs,
// the tokenizer's grammar in src/search/token.rs; tests/search/tokens.json holds both to it.
(() => {
  'use strict';

  // ---- text into terms -------------------------------------------------------------------------
  const letter = '[\\p{Alphabetic}\\p{N}\\p{M}]';
  const run = `${letter}+(?:['’]${letter}{1,2}(?!${letter}))*`;
  const unitPattern = new RegExp(`${run}(?:[-_.‐‑]${run})*`, 'gu');
  const runPattern = new RegExp(run, 'gu');
  const turn = /(?<=\p{Lowercase})(?=\p{Uppercase})|(?<=\p{Uppercase})(?=\p{Uppercase}\p{Lowercase}{2})/u;
  const spaceless = '\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3134f}';
  const scripts = new RegExp(`[${spaceless}]+|[^${spaceless}]+`, 'gu');
  const isSpaceless = new RegExp(`[${spaceless}]`, 'u');
  const folds = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ð: 'd', þ: 'th', đ: 'd', ł: 'l', ı: 'i', ς: 'σ' };

  const fold = (text) => text.normalize('NFKD').toLowerCase()
    .replace(/\p{M}|[^\p{Alphabetic}\p{N}]/gu, '').replace(/[ßæœøðþđłıς]/g, (c) => folds[c]);
  const cut = (term) => (term.length > 32 ? [...term].slice(0, 32).join('') : term);
  const pairs = (text) => {
    const all = [...text];
    return all.length < 2 ? all : all.slice(1).map((c, i) => all[i] + c);
  };

  // The units of a text: where each stands, its parts as [term, from, to], its whole.
  const tokens = (text) => {
    const units = [];
    for (const unit of text.matchAll(unitPattern)) {
      const parts = [];
      let whole = '', pieces = 0, plain = true;
      for (const { 0: raw, index } of unit[0].matchAll(runPattern)) {
        let at = unit.index + index;
        for (const piece of raw.split(turn)) {
          const folded = fold(piece), from = at;
          at += piece.length;
          if (!folded) continue;
          whole += folded;
          pieces++;
          for (const [same] of folded.matchAll(scripts)) {
            const special = isSpaceless.test(same);
            if (special) plain = false;
            for (const term of special ? pairs(same) : [cut(same)]) parts.push([term, from, at]);
          }
        }
      }
      if (parts.length) units.push({ at: unit.index, end: unit.index + unit[0].length, parts, whole: plain && pieces > 1 && pieces < 9 ? cut(whole) : '' });
    }
    return units;
  };

  // What inflections of an English word have in common; other words keep their last letters.
  const stem = (word) => {
    if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
    let s = word.replace(/(?:ies|ied|ying)$/, 'y').replace(/(ss|x|z|ch|sh)es$/, '$1').replace(/([^su])s$/, '$1');
    const bare = s.replace(/(?:edly|ingly|ed|ing)$/, '');
    if (bare !== s && bare.length > 2 && /[aeiouy]/.test(bare)) s = bare.replace(/([^aeioulsz])\1$/, '$1');
    return s.length > 3 ? s.replace(/([^aeiou])ly$/, '$1').replace(/e$/, '').replace(/y$/, 'i') : s;
  };

  // Whether one edit (a letter more, less, other, or two swapped) leads from a to b.
  const oneEdit = (a, b) => {
    if (a.length > b.length) [a, b] = [b, a];
    if (b.length - a.length > 1) return false;
    let i = 0;
    while (i < a.length && a[i] === b[i]) i++;
    if (a.length < b.length) return a.slice(i) === b.slice(i + 1);
    return a.slice(i + 1) === b.slice(i + 1) || (a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2));
  };
  const backwards = (text) => [...text].reverse().join('');

  // ---- files -----------------------------------------------------------------------------------
  const waiting = {};
  const casebook = (id, data) => waiting[id]?.(data);
  const bytesOf = (data) => {
    const packed = new Blob([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))]).stream();
    return new Response(packed.pipeThrough(new DecompressionStream('deflate-raw')));
  };
  // import() where it works; from disk only a script tag does.
  const load = (path) => new Promise((done, fail) => {
    const url = new URL(path, document.baseURI).href;
    if (!url.startsWith('file:')) return import(url).then(done, fail);
    const script = document.createElement('script');
    script.onload = done;
    script.onerror = fail;
    script.src = url;
    document.head.append(script);
  });

  const open = async (data, load) => {
    const root = await bytesOf(data).json();
    const { n, t, v0, r, k, x, g, w, c, o } = root;
    const cache = {};
    const file = (id, version, kind) => cache[id] ??= new Promise((done, fail) => {
      waiting[id] = done;
      Promise.resolve(load(`search/${id}.${version}.js`)).catch(fail);
    }).then((packed) => bytesOf(packed)[kind]()).catch((error) => {
      delete cache[id];
      throw error;
    });

    // The block that a text falls into, given the separators between blocks.
    const blockOf = (separators, text) => {
      let low = 0, high = separators.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (separators[middle] <= text) low = middle + 1; else high = middle;
      }
      return low;
    };

    const blocks = {};
    const block = (number) => blocks[number] ??= file(`t${number}`, k, 'arrayBuffer').then((buffer) => {
      const bytes = new Uint8Array(buffer), decoder = new TextDecoder(), terms = [];
      let at = 0;
      const number = () => {
        let value = 0, shift = 0, byte;
        do {
          byte = bytes[at++];
          value |= (byte & 127) << shift;
          shift += 7;
        } while (byte > 127);
        return value;
      };
      let before = new Uint8Array(0);
      for (let left = number(); left; left--) {
        const shared = number(), rest = number(), name = new Uint8Array(shared + rest);
        name.set(before.subarray(0, shared));
        name.set(bytes.subarray(at, at += rest), shared);
        before = name;
        terms.push({ term: decoder.decode(name), texts: number(), titles: number(), size: number() });
      }
      const list = (count) => {
        const docs = new Uint32Array(count), steps = new Uint8Array(count);
        for (let i = 0, doc = 0; i < count; i++) docs[i] = doc += number();
        for (let i = 0; i < count; i++) steps[i] = i & 1 ? bytes[at++] & 15 : bytes[at] >> 4;
        if (count & 1) at++;
        return { docs, steps };
      };
      for (const entry of terms) {
        const from = at;
        entry.read = () => {
          at = from;
          return entry.lists ??= [list(entry.texts), list(entry.titles)];
        };
        at += entry.size;
      }
      return terms;
    }).catch((error) => {
      delete blocks[number];
      throw error;
    });

    // Words one edit away from a word that nothing has, the commonest first.
    const corrections = async (word) => {
      const half = word.length >> 1, found = new Map();
      const look = async (letter, separators, key, read) => {
        const first = blockOf(separators, key), last = Math.min(blockOf(separators, `${key}\uffff`), first + 3);
        for (let number = first; number <= last; number++) {
          const text = await file(letter + number, k, 'text');
          for (const entry of text.split(' ')) {
            const candidate = read(entry.slice(0, -1));
            if (oneEdit(word, candidate)) found.set(candidate, entry.at(-1));
          }
        }
      };
      await Promise.all([look('v', v0, word.slice(0, half), (s) => s), look('r', r, backwards(word.slice(half + 1)), backwards)]);
      return [...found].sort((a, b) => (b[1] > a[1]) - (b[1] < a[1]) || (a[0] < b[0] ? -1 : 1)).map(([s]) => s);
    };

    // Terms that a word stands for, as [entry, weight].
    const meant = async (word, { exact, typing }) => {
      const all = await block(blockOf(t, word)), root = stem(word), found = [];
      for (const entry of all) {
        if (entry.term === word) found.push([entry, 1]);
        else if (!exact && stem(entry.term) === root) found.push([entry, tune.variant]);
      }
      if (typing && !exact) {
        const longer = all.filter((entry) => entry.term.startsWith(word) && !found.some(([same]) => same === entry));
        longer.sort((a, b) => b.texts - a.texts);
        for (const entry of longer.slice(0, 24)) found.push([entry, found.length && found[0][1] === 1 ? tune.prefix : tune.prefixOnly]);
      }
      return found;
    };

    const resolve = async (word, how) => {
      let found = await meant(word, how), corrected = '';
      if (!found.length && !how.exact && !how.strict && word.length > 3 && !/\d/.test(word)) {
        for (const other of (await corrections(word)).slice(0, tune.candidates)) {
          corrected ||= other;
          for (const [entry, weight] of await meant(other, {})) found.push([entry, weight * tune.typo]);
        }
      }
      return { found, corrected };
    };

    const rarity = (count) => Math.log(1 + (n - count + 0.5) / (count + 0.5));

    // Impact of a word on every incident, and how long the titles are that have it.
    const weigh = (found) => {
      const impact = new Float32Array(n), title = new Uint8Array(n);
      let count = 0, titled = 0;
      for (const [entry, weight] of found) {
        const [texts, titles] = entry.read();
        for (let i = 0; i < texts.docs.length; i++) impact[texts.docs[i]] += texts.steps[i] * weight;
        for (let i = 0; i < titles.docs.length; i++) title[titles.docs[i]] = titles.steps[i];
      }
      for (let d = 0; d < n; d++) {
        if (impact[d] > 15) impact[d] = 15;
        if (impact[d] || title[d]) count++;
        if (title[d]) titled++;
      }
      return { impact, title, count, idf: rarity(count), titleIdf: rarity(titled) };
    };

    // A unit as clauses: its whole and all of its parts together are one; without either, each part is one.
    const clausesOf = async (unit, how) => {
      const terms = unit.parts.map(([term]) => term);
      const parts = await Promise.all(terms.map((term, i) => resolve(term, { ...how, typing: how.typing && i === terms.length - 1 })));
      const clauses = parts.map(({ found, corrected }, i) => ({ word: terms[i], found, corrected, parts: 1, ...weigh(found) }));
      if (!unit.whole) return clauses;
      const { found } = await resolve(unit.whole, { exact: true });
      const whole = weigh(found);
      if (!whole.count) return clauses;
      for (let d = 0; d < n; d++) {
        if (whole.impact[d] || !clauses.every((clause) => clause.impact[d])) continue;
        whole.impact[d] = Math.min(...clauses.map((clause) => clause.impact[d])) * tune.apart;
      }
      for (let d = 0; d < n; d++) if (!whole.title[d] && clauses.every((c) => c.title[d])) whole.title[d] = clauses[0].title[d];
      return [{ ...whole, word: unit.whole, parts: clauses.length, found: [...found, ...clauses.flatMap((clause) => clause.found)] }];
    };

    // How well each incident answers the clauses; 0 where it has less than `least` of them,
    // or less than all when enough incidents have all.
    const rank = (clauses, least) => {
      const scores = new Float32Array(n), shares = new Float32Array(n);
      let complete = 0;
      const asked = clauses.reduce((sum, { count, idf }) => sum + (count && idf), 0);
      for (let d = 0; d < n; d++) {
        let sum = 0, had = 0, titled = 0, terms = 0, length = 1;
        for (const { impact, title, idf, titleIdf, parts } of clauses) {
          if (!impact[d] && !title[d]) continue;
          had += idf;
          sum += idf * impact[d];
          if (!title[d]) continue;
          sum += titleIdf * tune.title;
          titled += idf / asked;
          terms += parts;
          length = title[d];
        }
        const share = shares[d] = asked ? had / asked : 0;
        if (share < least) continue;
        if (share > 0.999) complete++;
        scores[d] = sum * share ** tune.share * (1 + titled * (tune.ofQuery + tune.ofTitle * Math.min(1, terms / length)));
      }
      if (complete >= tune.enough) for (let d = 0; d < n; d++) if (shares[d] <= 0.999) scores[d] = 0;
      return { scores, complete };
    };

    // A column as positions among its values: those of incident d stand from starts[d] to starts[d + 1].
    const columns = {};
    const column = (field) => columns[field] ??= (async () => {
      if (field === 'month') return months(await column('date'));
      if (!c.includes(field)) return ranges.includes(field) ? new Array(n) : { values: [], starts: new Uint32Array(n + 1), of: [] };
      const json = o ? (await file('c', k, 'json'))[field] : await file(`c-${field}`, k, 'json');
      if (json.values) {
        const starts = new Uint32Array(n + 1), of = [];
        for (let d = 0, at = 0; d < n; d++) {
          for (let left = json.of[at++]; left; left--) of.push(json.of[at++]);
          starts[d + 1] = of.length;
        }
        return { values: json.values, starts, of };
      }
      let before = 0;
      return json.split(',').map((text) => (text === '' ? undefined : field === 'date' ? before -= text : +text));
    })();
    const months = (dates) => {
      const names = dates.map((date) => (date ? `${date}`.slice(0, 4) + '-' + `${date}`.slice(4, 6) : 'undated'));
      const values = [...new Set(names)], places = new Map(values.map((name, i) => [name, i]));
      return { values: values.map((name) => [name, name]), starts: Uint32Array.from({ length: n + 1 }, (_, d) => d), of: names.map((name) => places.get(name)) };
    };

    // What is shown of an incident. Text files count from the oldest.
    const shown = async (d) => {
      const age = n - 1 - d, number = Math.floor(age / x), group = Math.floor(number / 64) * 8;
      return (await file(`x${number}`, g.slice(group, group + 8), 'json'))[age % x];
    };

    // A question as words to rank by, phrases to hold, words to exclude and values to narrow by.
    const parse = (text) => {
      const asked = { units: [], phrases: [], not: [], fields: [] };
      const last = text.length;
      for (const [all, minus, field, phrase, word, offset] of [...text.matchAll(/(-?)(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))/g)].map((m) => [...m, m.index])) {
        const value = phrase ?? word;
        if (field && [...facets, 'date'].includes(field)) {
          asked.fields.push({ field, value, not: !!minus });
          continue;
        }
        const units = tokens(field ? `${field}:${value}` : value);
        const parts = units.flatMap((unit) => unit.parts.map(([term]) => term));
        const isPhrase = phrase !== undefined && !field;
        if (!parts.length) continue;
        if (minus && (offset === 0 || /\s/.test(text[offset - 1]))) asked.not.push(parts);
        else if (isPhrase && parts.length > 1) asked.phrases.push(parts);
        if (!minus) for (const unit of units) asked.units.push({ ...unit, exact: isPhrase, typing: !isPhrase && offset + all.length === last });
      }
      return asked;
    };

    // The clauses of a question. Of a pasted text, the distinct words that look most telling.
    const understand = async ({ units, not }) => {
      const key = (unit) => unit.whole || unit.parts.map(([term]) => term).join(' ');
      const distinct = [...new Map(units.map((unit) => [key(unit), unit])).values()];
      let chosen = distinct.filter((unit) => unit.typing || unit.parts.length > 1 || !w.includes(unit.parts[0][0]));
      if (!chosen.length) chosen = distinct;
      const pasted = chosen.length > tune.words;
      if (pasted) {
        const telling = (unit) => Math.min(key(unit).length, 16) + (unit.whole ? 4 : 0) - (/^[\da-f]*$/.test(key(unit)) ? 20 : 0);
        chosen = chosen.sort((a, b) => telling(b) - telling(a)).slice(0, tune.pasted);
      }
      const how = (unit) => ({ exact: unit.exact, typing: unit.typing && !pasted, strict: pasted });
      const clauses = (await Promise.all(chosen.map((unit) => clausesOf(unit, how(unit))))).flat();
      const excluded = await Promise.all(not.filter((parts) => parts.length < 2).map(async ([term]) => weigh(await meant(term, { exact: true }))));
      return { clauses, excluded, pasted };
    };

    const holds = ({ t, f, x }, parts) => [t, ...f.flat().map(([, name]) => name), ...x.map(([, text]) => text)].some((text) => {
      const terms = tokens(text).flatMap((unit) => unit.parts.map(([term]) => term));
      return terms.some((_, i) => parts.every((part, j) => terms[i + j] === part));
    });

    // state: { q, any other facet: [slug], match, from, to, min, max, share-min, share-max, sort }.
    const search = async (state, wanted) => {
      const asked = parse(state.q);
      const { clauses, excluded, pasted } = await understand(asked);
      const hasWords = asked.units.length > 0;
      const { scores, complete } = hasWords ? rank(clauses, pasted ? tune.pastedLeast : state.sort ? 0.999 : tune.least) : { scores: new Float32Array(n).fill(1), complete: n };
      for (const { impact, title } of excluded) for (let d = 0; d < n; d++) if (impact[d] || title[d]) scores[d] = 0;

      // One bit for each thing an incident fails to be.
      const fails = new Uint16Array(n), bits = {};
      const narrow = async (field, test) => {
        const data = await column(field), bit = bits[field] ??= 1 << Object.keys(bits).length;
        for (let d = 0; d < n; d++) if (!test(data, d)) fails[d] |= bit;
      };
      const unknown = [];
      for (const field of facets) {
        const words = asked.fields.filter((word) => word.field === field);
        const slugs = state[field] ?? [];
        if (!words.length && !slugs.length) continue;
        const { values } = await column(field);
        const places = (value) => {
          const plain = fold(value);
          const test = [(slug, name) => slug === value || fold(name) === plain, (slug, name) => fold(slug).startsWith(plain) || fold(name).includes(plain)];
          return test.map((fits) => values.flatMap(([slug, name], i) => (fits(slug, name) ? [i] : []))).find((found) => found.length) ?? [];
        };
        const wanted = [...slugs.map((slug) => [values.findIndex(([same]) => same === slug)]), ...words.filter((word) => !word.not).map((word) => places(word.value))];
        const unwanted = words.filter((word) => word.not).flatMap((word) => places(word.value));
        for (const word of words) if (!places(word.value).length) unknown.push(word);
        const every = field === 'service' && state.match === 'all' ? 'every' : 'some';
        await narrow(field, ({ starts, of }, d) => {
          const own = of.slice(starts[d], starts[d + 1]);
          return (!wanted.length || wanted[every]((any) => any.some((i) => own.includes(i)))) && !unwanted.some((i) => own.includes(i));
        });
      }
      const dates = asked.fields.filter((word) => word.field === 'date').map((word) => word.value);
      const limits = { date: [state.from ?? dates[0], state.to ?? dates[0]], duration: [state.min, state.max], affected: [state['share-min'], state['share-max']] };
      for (const field of ranges) {
        let [low, high] = limits[field];
        if (!low && !high) continue;
        if (field === 'date') [low, high] = [(low || '0').replace(/\D/g, '').padEnd(8, '0'), (high || '9').replace(/\D/g, '').padEnd(8, '9')];
        await narrow(field, (numbers, d) => numbers[d] !== undefined && (!low || numbers[d] >= +low) && (!high || numbers[d] <= +high));
      }

      // The best `count` in order, without sorting the rest.
      const number = { longest: 'duration', affected: 'affected' }[state.sort];
      const numbers = number && await column(number);
      const value = numbers ? (d) => numbers[d] ?? -1 : state.sort === 'newest' || !hasWords && state.sort !== 'oldest' ? (d) => -d : state.sort === 'oldest' ? (d) => d : (d) => scores[d];
      const pass = (d) => scores[d] > 0 && !fails[d];
      const best = (count) => {
        const top = [];
        for (let d = 0; d < n; d++) {
          if (!pass(d)) continue;
          const v = value(d);
          if (top.length === count && !(v > top.at(-1)?.[0])) continue;
          let at = top.length;
          while (at && top[at - 1][0] < v) at--;
          top.splice(at, 0, [v, d]);
          if (top.length > count) top.pop();
        }
        return top.map(([, d]) => d);
      };
      // Phrases are looked for in the texts themselves, best candidates first, until enough hold.
      const absent = asked.not.filter((parts) => parts.length > 1);
      let unchecked = 0;
      if (asked.phrases.length || absent.length) {
        const candidates = best(n), kept = new Set();
        const fits = (document) => asked.phrases.every((parts) => holds(document, parts)) && !absent.some((parts) => holds(document, parts));
        let at = 0;
        while (at < candidates.length && at < tune.checked && (at < 64 || kept.size <= wanted)) {
          const batch = candidates.slice(at, at += 32);
          (await Promise.all(batch.map(shown))).forEach((document, i) => fits(document) && kept.add(batch[i]));
        }
        unchecked = Math.max(0, candidates.length - at);
        for (let d = 0; d < n; d++) if (!kept.has(d)) scores[d] = 0;
      }
      let total = 0, without = 0;
      for (let d = 0; d < n; d++) {
        if (scores[d] > 0) without++;
        if (pass(d)) total++;
      }
      const ids = best(wanted);

      // How many results every value of a facet would leave.
      const counts = async (field) => {
        const { values, starts, of } = await column(field), found = new Uint32Array(values.length), own = ~(bits[field] ?? 0);
        for (let d = 0; d < n; d++) {
          if (scores[d] > 0 && !(fails[d] & own)) for (let i = starts[d]; i < starts[d + 1]; i++) found[of[i]]++;
        }
        return values.map((value, i) => [...value, found[i]]);
      };
      return { total, without, ids, counts, complete, clauses, pasted, unknown, unchecked };
    };

    return { n, columns: c, search, shown, column };
  };

  const facets = ['cause', 'service', 'severity', 'tag', 'status', 'month'];
  const ranges = ['date', 'duration', 'affected'];
  // Found on the odd queries of benches/search; its even ones are reported.
  const tune = { variant: 0.95, prefix: 0.5, prefixOnly: 0.9, typo: 0.8, candidates: 3, apart: 0.6, title: 12, share: 4, ofQuery: 0.3, ofTitle: 1, least: 0.45, enough: 10, words: 12, pasted: 40, pastedLeast: 0.15, checked: 320 };
  globalThis.casebook = Object.assign(casebook, { tokens, stem, open, tune, load, facets });
})();
