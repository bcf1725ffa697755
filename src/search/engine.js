// Search in the browser. The format of the files it reads stands in src/search/mod.rs,
// the tokenizer's grammar in src/search/token.rs; tests/search/tokens.json holds both to it.
(() => {

  // ---- text into terms -------------------------------------------------------------------------
  const letter = '[\\p{Alphabetic}\\p{N}\\p{M}]';
  const run = `${letter}+(?:['’]${letter}{1,2}(?!${letter}))*`;
  const unitPattern = new RegExp(`${run}(?:[-_.‐‑]${run})*`, 'gu');
  const runPattern = new RegExp(run, 'gu');
  const turn = /(?<=\p{Lowercase})(?=\p{Uppercase})|(?<=\p{Uppercase})(?=\p{Uppercase}\p{Lowercase}{2})/u;
  const spaceless = '\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3134f}';
  const scripts = new RegExp(`([${spaceless}]+)|[^${spaceless}]+`, 'gu');
  const folds = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ð: 'd', þ: 'th', đ: 'd', ł: 'l', ı: 'i', ς: 'σ' };

  const fold = (text) => text.normalize('NFKD').toLowerCase()
    .replace(/\p{M}|[^\p{Alphabetic}\p{N}]/gu, '').replace(/\W/g, (c) => folds[c] ?? c);
  const cut = (term) => [...term].slice(0, 32).join('');
  const pairs = (text) => {
    const all = [...text];
    return all.length < 2 ? all : all.slice(1).map((c, i) => all[i] + c);
  };

  // What makes three languages of one letter.
  const signOf = (letter, text, end) => (/^[cf]$/i.test(letter) && text.slice(end, end + 3).match(/^(?:\+\+|#)(?![\p{Alphabetic}\p{N}])/u)?.[0]) || '';

  // The units of a text: where each stands, its parts as [term, from, to], its whole.
  const tokens = (text) => {
    const units = [];
    for (const unit of text.matchAll(unitPattern)) {
      let parts = [], whole = '', pieces = 0, plain = true;
      for (const { 0: raw, index } of unit[0].matchAll(runPattern)) {
        let at = unit.index + index;
        for (const piece of raw.split(turn)) {
          const folded = fold(piece), from = at;
          at += piece.length;
          if (!folded) continue;
          whole += folded;
          pieces++;
          for (const [same, special] of folded.matchAll(scripts)) {
            if (special) plain = false;
            for (const term of special ? pairs(same) : [cut(same)]) parts.push([term, from, at]);
          }
        }
      }
      const sign = signOf(unit[0], text, unit.index + unit[0].length);
      if (sign) parts = [[parts[0][0] + sign, unit.index, unit.index + 1 + sign.length]];
      if (parts.length) units.push({ at: unit.index, end: unit.index + unit[0].length + sign.length, parts, whole: plain && pieces > 1 && pieces < 9 ? cut(whole) : '' });
    }
    return units;
  };

  // Words that hold a sentence together and say nothing of an incident.
  const functionWords = new Set(('a an the of to in on at by for from with without into onto over under after before during since until while when where which who what why how'
    + ' and or but if then than as is are was were be been being has have had do does did can could will would should may might must not no it its this that these those'
    + ' there here we our you your they their he she i me my us so very too just also only any some all each both most more').split(' '));
  // Words that the trade uses for one thing.
  const sameThing = ['deploy deployment release rollout', 'cert certificate', 'oom oomkilled out_memory', 'k8s kubernetes', 'db database', 'postgres postgresql pg', 'config configuration',
    'auth authentication', 'lb load_balancer', 'timeout time_out timed_out', 'latency slow', 'failover switchover', 'rollback rolled_back revert', 'repo repository', 'prod production', 'env environment',
    'dc datacenter data_center', 'ddos denial_service', 'mq queue', 'vm instance'];

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
    let i = 0;
    while (i < a.length && a[i] === b[i]) i++;
    const same = (more, less) => a.slice(i + more) === b.slice(i + less);
    return same(1, 0) || same(0, 1) || same(1, 1) || (a[i] === b[i + 1] && a[i + 1] === b[i] && same(2, 2));
  };
  // Each of those words, with the others as lists of words that have to stand together.
  const others = new Map(sameThing.map((line) => line.split(' ')).flatMap((group) => group.map((word) => [
    word.split('_').map(stem).join(' '), group.filter((other) => other !== word).map((other) => other.split('_')),
  ])));
  const backwards = (text) => [...text].reverse().join('');

  // ---- files -----------------------------------------------------------------------------------
  const files = {};
  const casebook = (id, data) => { files[id] = data; };
  const decode = (bytes) => new TextDecoder().decode(bytes);
  const json = (bytes) => JSON.parse(decode(bytes));

  // The letter of each key in the files, by name: src/search/keys.rs writes it here.
  const keys = KEYS;
  const named = (raw, letters) => Object.fromEntries(Object.entries(letters).map(([name, letter]) => [name, raw[letter]]));
  const partNames = Object.fromEntries(Object.entries(keys.part).map(([name, letter]) => [letter, name]));
  const readIncidents = (bytes) => json(bytes).map((raw) => {
    const incident = named(raw, keys.incident);
    return { ...incident, texts: incident.texts.map(([part, text]) => [partNames[part], text]) };
  });

  // import() where it works; from disk only a script tag does.
  const load = (path) => new Promise((done, fail) => {
    const url = new URL(path, document.baseURI).href;
    if (!url.startsWith('file:')) return import(url).then(done, fail);
    document.head.append(Object.assign(document.createElement('script'), { src: url, onload: done, onerror: fail }));
  });

  // What was packed behind `opening`, which goes before it as a stored block.
  const unpack = async (data, opening = '') => {
    const known = new TextEncoder().encode(opening), size = known.length;
    const stored = Uint8Array.of(0, size, size >> 8, ~size, ~size >> 8);
    const packed = new Blob([stored, known, Uint8Array.from(atob(data), (c) => c.charCodeAt(0))]).stream();
    const all = await new Response(packed.pipeThrough(new DecompressionStream('deflate-raw'))).arrayBuffer();
    return new Uint8Array(all, size);
  };

  // The terms of a block, each with a function that reads its postings.
  const readTerms = (bytes) => {
    let at = 0, term = '';
    const number = () => {
      let value = 0, shift = 0, byte = 128;
      for (; byte > 127; shift += 7) value |= ((byte = bytes[at++]) & 127) << shift;
      return value;
    };
    // Calls back with each incident and its step.
    const list = (count, each) => {
      let doc = 0;
      const docs = Array.from({ length: count }, () => doc += number());
      docs.forEach((doc, i) => each(doc, i & 1 ? bytes[at++] & 15 : bytes[at] >> 4));
      at += count & 1;
    };
    const entries = Array.from({ length: number() }, () => {
      const shared = number(), rest = number();
      term = term.slice(0, shared) + decode(bytes.subarray(at, at += rest));
      return { term, texts: number(), titles: number(), size: number() };
    });
    for (const entry of entries) {
      const from = at;
      entry.read = (inText, inTitle) => {
        at = from;
        list(entry.texts, inText);
        list(entry.titles, inTitle);
      };
      at += entry.size;
    }
    return entries;
  };

  // Columns. A facet's as its values and, for each incident, the positions of its own; a range's as numbers.
  const readColumns = (bytes) => {
    const columns = json(bytes);
    for (const [field, column] of Object.entries(columns)) {
      let at = 0, before = 0;
      columns[field] = column.values
        ? { values: column.values, of: Array.from({ length: column.n }, () => column.of.slice(at + 1, at += column.of[at] + 1)) }
        : column.split(',').map((text) => (text === '' ? undefined : field === 'date' ? before -= text : +text));
    }
    return columns;
  };

  // ---- questions -------------------------------------------------------------------------------
  // A question as words to rank by, words or phrases to hold or not, and values to narrow by.
  // A pasted text is words alone: its quotes, dashes and colons mean something else.
  const parse = (text, fields) => {
    const asked = { units: [], rules: [], fields: [] }, plain = distinct(tokens(text));
    if (plain.length > tune.words) return { ...asked, pasted: true, units: plain.map((unit) => ({ ...unit, exact: true })) };
    for (const found of text.matchAll(/(?<=^|\s)(-?)(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))|\S+/g)) {
      const [all, minus, field, phrase, word = all] = found, value = phrase ?? word;
      if (fields.includes(field)) {
        asked.fields.push({ field, value, not: !!minus });
        continue;
      }
      const units = tokens(field ? `${field}:${value}` : value), parts = units.flatMap(partsOf);
      const exact = phrase !== undefined && !field, typing = !exact && found.index + all.length === text.length;
      if (!parts.length) continue;
      if (exact || minus) asked.rules.push({ words: parts, not: !!minus });
      if (!minus) asked.units.push(...units.map((unit) => ({ ...unit, exact, typing, raw: value.slice(unit.at, unit.end) })));
    }
    return { ...asked, units: distinct(asked.units) };
  };
  const partsOf = ({ parts }) => parts.map(([term]) => term);
  const keyOf = (unit) => unit.whole || partsOf(unit).join(' ');
  const distinct = (units) => [...new Map(units.map((unit) => [keyOf(unit), unit])).values()];
  // The most telling words of a pasted text: long ones and identifiers, not numbers and hashes, and not
  // every frame of a stack, which all begin alike.
  const telling = (units) => {
    const begun = new Map();
    const worth = (unit) => {
      const key = keyOf(unit), start = `${partsOf(unit).slice(0, 2)}`, often = begun.get(start) ?? 0;
      begun.set(start, often + 1);
      return Math.min(key.length, 16) - 2 * often - 20 * /^[\da-f]+$/.test(key);
    };
    return units.map((unit) => [worth(unit), unit]).sort((a, b) => b[0] - a[0]).slice(0, tune.pasted).map(([, unit]) => unit);
  };

  const paragraphs = ({ title, values, texts }) => [title, ...values.flat().map(([, name]) => name), ...texts.map(([, text]) => text)];
  const holds = (incident, phrase) => paragraphs(incident).some((text) => {
    const terms = tokens(text).flatMap(partsOf);
    return terms.some((_, i) => phrase.every((part, j) => terms[i + j] === part));
  });

  const open = async (data, load) => {
    const root = named(json(await unpack(data)), keys.root), { incidents: n, version, terms, forward, backward, columns, opening } = root;
    const facets = root.facets.map((facet) => named(facet, keys.facet));
    const cache = {};
    const file = (id, hash, read, before) => cache[id] ??= load(`search/${id}.${hash}.js`)
      .then(() => unpack(files[id], before)).then(read).catch((error) => {
        delete cache[id];
        throw error;
      });
    const column = async (field) => columns[field] && (await file(columns[field], version, readColumns))[field];
    // What is shown of an incident. Text files count from the oldest.
    const shown = async (d) => {
      const age = n - 1 - d, { batch, groups } = root, number = Math.floor(age / batch), group = (number >> 6) * 8;
      return (await file(`x${number}`, groups.slice(group, group + 8), readIncidents, opening))[age % batch];
    };

    // ---- words to terms ------------------------------------------------------------------------
    // The block that a text falls into, given the separators between blocks.
    const blockOf = (separators, text) => {
      let low = 0, high = separators.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (separators[middle] <= text) low = middle + 1; else high = middle;
      }
      return low;
    };

    // What stands in the blocks from one text to another, but in no more than `most` of them.
    const between = async (letter, separators, from, to, most, read) => {
      const first = blockOf(separators, from), length = Math.min(blockOf(separators, to) - first + 1, most);
      return (await Promise.all(Array.from({ length }, (_, i) => file(letter + (first + i), version, read)))).flat();
    };

    // Words one edit away from a word that nothing has, the commonest first: one half of the word is as it was.
    const corrections = async (word) => {
      const half = word.length >> 1, found = new Set();
      const look = async (letter, separators, key, turned) => {
        for (const entry of await between(letter, separators, key, `${key}\uffff`, 4, (bytes) => decode(bytes).split(' '))) {
          const candidate = turned(entry.slice(0, -1));
          if (oneEdit(word, candidate)) found.add(entry.at(-1) + candidate);
        }
      };
      await Promise.all([look('v', forward, word.slice(0, half), (s) => s), look('r', backward, backwards(word.slice(half + 1)), backwards)]);
      return [...found].sort().reverse().map((found) => found.slice(1));
    };

    // Terms that a word stands for, as [entry, weight]: itself, its inflections, what may follow while it is typed.
    const meant = async (word, { exact, typing }) => {
      const all = await between('t', terms, word, word + (typing ? '\uffff' : exact ? '' : 's'), 3, readTerms), root = stem(word), found = [];
      for (const entry of all) {
        if (entry.term === word) found.unshift([entry, 1]);
        else if (!exact && stem(entry.term) === root) found.push([entry, tune.variant]);
      }
      if (typing && word.length > 1) {
        const longer = all.filter((entry) => entry.term.startsWith(word) && !found.some(([same]) => same === entry));
        longer.sort((a, b) => b.texts - a.texts);
        for (const entry of longer.slice(0, 24)) found.push([entry, found[0]?.[1] === 1 ? tune.prefix : tune.prefixOnly]);
      }
      return found;
    };

    const resolve = async (word, how) => {
      let found = await meant(word, how), others = [];
      if (!found.length && !how.exact && word.length > 3 && !/\d/.test(word)) {
        others = (await corrections(word)).slice(0, tune.candidates);
        found = (await Promise.all(others.map((other) => meant(other, {})))).flat().map(([entry, weight]) => [entry, weight * tune.typo]);
      }
      return { word, found, corrected: others[0], parts: 1, ...weigh(found) };
    };

    // ---- terms to incidents --------------------------------------------------------------------
    const rarity = (count) => Math.log(1 + (n - count + 0.5) / (count + 0.5));

    // Impact of some terms on every incident, and how long the titles are that have them.
    const weigh = (found) => {
      const impact = new Float32Array(n), title = new Uint8Array(n);
      let count = 0, titled = 0;
      for (const [entry, weight] of found) {
        entry.read((d, step) => { impact[d] += step * weight; }, (d, length) => { title[d] = length; });
      }
      for (let d = 0; d < n; d++) {
        if (impact[d] > 15) impact[d] = 15;
        if (impact[d] || title[d]) count++;
        if (title[d]) titled++;
      }
      return { impact, title, count, idf: rarity(count), titleIdf: rarity(titled) };
    };

    // Other names of the same thing, where a word or two in a row have some.
    const namesakes = async (clause, key) => {
      const groups = await Promise.all((others.get(key) ?? []).map((words) => Promise.all(words.map((word) => resolve(word, { exact: true })))));
      const own = clause.impact.map((impact, d) => impact || clause.title[d]);
      clause.certainty = own.map((had) => (had ? 1 : tune.namesake));
      for (const together of groups) {
        for (let d = 0; d < n; d++) {
          const least = Math.min(...together.map(({ impact }) => impact[d]));
          if (least > clause.impact[d]) clause.impact[d] = least;
          if (!clause.title[d] && together.every(({ title }) => title[d])) clause.title[d] = together[0].title[d];
        }
        if (together.length === 1) clause.found.push(...together[0].found);
      }
      if (groups.length) clause.idf = rarity(clause.count = clause.impact.reduce((sum, impact, d) => sum + !!(impact || clause.title[d]), 0));
      return clause;
    };

    // A unit as clauses: its whole and all of its parts together are one; without either, each part is one.
    const clausesOf = async ({ parts, whole, typing, exact, raw = '' }) => {
      // A ticket is itself or nothing: its letters and its number apart are other tickets.
      if (/^[a-z]{2,}-\d+$/i.test(raw)) return [{ ...await resolve(whole, { exact, typing }), word: raw }];
      const ask = ([term], i) => resolve(term, { exact, typing: typing && i === parts.length - 1 });
      const [joined, ...clauses] = await Promise.all([whole ? resolve(whole, { exact: true }) : null, ...parts.map(ask)]);
      if (!joined?.count) return clauses.length > 1 || exact ? clauses : [await namesakes(clauses[0], stem(parts[0][0]))];
      for (let d = 0; d < n; d++) {
        if (!joined.impact[d]) joined.impact[d] = Math.min(...clauses.map(({ impact }) => impact[d])) * tune.apart;
        if (!joined.title[d] && clauses.every(({ title }) => title[d])) joined.title[d] = clauses[0].title[d];
      }
      return [{ ...joined, parts: clauses.length, found: [...joined.found, ...clauses.flatMap(({ found }) => found)] }];
    };

    // The clauses of a question, without words that nearly every incident has.
    const understand = async ({ units, pasted }) => {
      const saying = units.filter((unit) => !functionWords.has(keyOf(unit))), told = saying.length ? saying : units;
      const rare = told.filter((unit) => unit.typing || !root.common.includes(keyOf(unit))), chosen = rare.length ? rare : told;
      return (await Promise.all((pasted ? telling(chosen) : chosen).map(clausesOf))).flat();
    };

    // How well each incident answers the clauses; 0 where it has less than `least` of them, or less than all when
    // enough incidents have all. Of an alert no incident has every word: what an incident is about counts for more
    // than how many of the words it has. Where few are near, others that share two rare words follow, as `partly`.
    const rank = (clauses, least) => {
      const scores = new Float32Array(n), shares = new Float32Array(n), titles = new Float32Array(n), rares = new Uint8Array(n);
      const asked = clauses.reduce((sum, { count, idf }) => sum + (count && idf), 0), few = Math.max(tune.few, n * tune.fewOf);
      let complete = 0;
      for (let d = 0; d < n; d++) {
        let had = 0, titled = 0, terms = 0, length = 1;
        for (const { impact, title, idf, titleIdf, parts, count, certainty } of clauses) {
          if (!impact[d] && !title[d]) continue;
          const sure = certainty?.[d] ?? 1;
          if (count <= few) rares[d]++;
          had += idf * sure;
          scores[d] += idf * impact[d] * sure;
          if (!title[d]) continue;
          scores[d] += titleIdf * tune.title;
          titled += idf / asked;
          terms += parts;
          length = title[d];
        }
        shares[d] = asked ? had / asked : 0;
        titles[d] = 1 + titled * (tune.ofQuery + tune.ofTitle * Math.min(1, terms / length));
        if (shares[d] > 0.999) complete++;
      }
      const isAlert = !complete && clauses.length >= tune.alert, best = Math.max(...scores), others = [];
      let near = 0;
      for (let d = 0; d < n; d++) {
        const sum = scores[d], isNear = isAlert ? rares[d] > 1 && sum > best * tune.alertLeast : shares[d] >= least;
        if (!isNear && rares[d] > 1) others.push([sum * shares[d], d]);
        scores[d] = isNear && !(complete >= tune.enough && shares[d] <= 0.999) ? sum * (isAlert ? 1 : shares[d] ** tune.share) * titles[d] : 0;
        if (isNear) near++;
      }
      const partly = others.sort((a, b) => b[0] - a[0]).slice(0, Math.max(0, tune.follow - near));
      for (const [score, d] of partly) scores[d] = score * 1e-6;
      return { scores, complete, partly: new Set(partly.map(([, d]) => d)) };
    };

    // ---- fewer incidents -----------------------------------------------------------------------
    // What values and limits leave out: for each incident one bit for each field that does.
    const narrow = async (state, words) => {
      const fails = new Uint16Array(n), bits = {}, unknown = [];
      const keep = (field, test) => {
        const bit = bits[field] = 1 << Object.keys(bits).length;
        for (let d = 0; d < n; d++) if (!test(d)) fails[d] |= bit;
      };
      for (const { name: field, together } of facets) {
        const own = words.filter((word) => word.field === field), slugs = state[field] ?? [];
        if (!own.length && !slugs.length) continue;
        const { values, of } = await column(field) ?? { values: [], of: [] };
        // The positions of the values that a word names: as it stands, or else in part.
        const places = ({ value }) => {
          const plain = fold(value), all = [...values.keys()];
          const same = all.filter((i) => values[i][0] === value || fold(values[i][1]) === plain);
          return same.length ? same : all.filter((i) => values[i].some((name) => fold(name).includes(plain)));
        };
        const wanted = slugs.map((slug) => [values.findIndex(([same]) => same === slug)]), unwanted = [];
        for (const word of own) {
          const found = places(word);
          if (!found.length) unknown.push(word);
          if (word.not) unwanted.push(...found); else wanted.push(found);
        }
        const every = together && state.match === 'all' ? 'every' : 'some';
        const hasOne = (places, d) => places.some((i) => of[d]?.includes(i));
        keep(field, (d) => (!wanted.length || wanted[every]((places) => hasOne(places, d))) && !hasOne(unwanted, d));
      }
      const day = words.find(({ field }) => field === 'date')?.value;
      for (const field of ['date', 'duration', 'affected']) {
        let [low, high] = state[field] ?? [];
        if (field === 'date' && (low || high || day)) [low, high] = [low ?? day ?? '0', high ?? day ?? '9'].map((text, i) => text.replace(/\D/g, '').padEnd(8, 9 * i));
        if (!low && !high) continue;
        const numbers = await column(field) ?? [];
        keep(field, (d) => numbers[d] !== undefined && (!low || numbers[d] >= +low) && (!high || numbers[d] <= +high));
      }
      return { fails, bits, unknown };
    };

    // What incidents are ordered by, the largest first.
    const orderOf = async (sort, scores) => {
      const field = { longest: 'duration', affected: 'affected' }[sort], numbers = field && await column(field);
      return numbers ? (d) => numbers[d] ?? -1 : scores && !sort ? (d) => scores[d] : sort === 'oldest' ? (d) => d : (d) => -d;
    };

    // state: { q, any facet: [slug], any range: [least, most], match, sort }.
    const search = async (state, wanted) => {
      const level = columns.severity && state.q.length < tune.levelIn && state.q.match(/(?<![\w:-])(?:sev|severity|p)[-_ ]?\d(?![\w-])/i)?.[0];
      const isLevel = level && (await column('severity')).values.some((names) => fold(names[1]) === fold(level));
      const asked = parse(isLevel ? state.q.replace(level, ' ') : state.q, [...facets.map(({ name }) => name), 'date']), { units, rules, pasted } = asked;
      if (isLevel) asked.fields.push({ field: 'severity', value: level });
      const isEmpty = !!state.q.trim() && !units.length && !rules.length && !asked.fields.length;
      const [clauses, { fails, bits, unknown }] = await Promise.all([understand(asked), narrow(state, asked.fields), ...rules.map(async (rule) => {
        rule.found = await Promise.all(rule.words.map((word) => resolve(word, { exact: true })));
      })]);
      const least = pasted ? tune.pastedLeast : state.sort ? 0.999 : tune.least;
      const { scores, complete, partly = new Set() } = units.length ? rank(clauses, least) : { scores: new Float32Array(n).fill(isEmpty ? 0 : 1), complete: n };
      const value = await orderOf(state.sort, units.length && scores);
      // Whether an incident has every word of a rule, wherever they stand.
      const hasAll = ({ found }, d) => found.every(({ impact, title }) => impact[d] || title[d]);
      const texts = rules.filter(({ words }) => words.length > 1);
      for (let d = 0; d < n; d++) {
        if (rules.some((rule) => hasAll(rule, d) === rule.not && !(rule.not && texts.includes(rule)))) scores[d] = 0;
      }

      // The best `count` in order, without sorting the rest.
      const best = (count, fits = (d) => !fails[d]) => {
        const top = [];
        for (let d = 0; d < n; d++) {
          if (!scores[d] || !fits(d)) continue;
          const v = value(d);
          if (top.length === count && !(v > top.at(-1)?.[0])) continue;
          let at = top.length;
          while (at && top[at - 1][0] < v) at--;
          top.splice(at, 0, [v, d]);
          if (top.length > count) top.pop();
        }
        return top.map(([, d]) => d);
      };

      // Phrases are looked for in the texts themselves, of the best candidates.
      let unchecked = 0;
      if (texts.length) {
        const open = (d) => texts.some((rule) => hasAll(rule, d)), most = tune.checked + wanted, held = new Set();
        const candidates = [...best(most), ...best(most, (d) => fails[d])].filter(open).slice(0, most);
        await Promise.all(candidates.map(async (d) => {
          const incident = await shown(d);
          if (texts.every(({ words, not }) => holds(incident, words) !== not)) held.add(d);
        }));
        for (let d = 0; d < n; d++) {
          if (!scores[d] || !open(d) || held.has(d)) continue;
          if (!fails[d] && !candidates.includes(d)) unchecked++;
          scores[d] = 0;
        }
      }
      const left = [...scores.keys()].filter((d) => scores[d]);

      // The first ten again: those come forward that have more of the words in one paragraph.
      const nearer = async (ids) => {
        if (clauses.length < 2 || state.sort || pasted) return ids;
        const first = await Promise.all(ids.slice(0, 10).map(async (d) => {
          const together = paragraphs(await shown(d)).map(fold).map((text) => clauses.filter(({ found }) => found.some(([{ term }]) => text.includes(term))).length);
          return [d, scores[d] * (1 + tune.near * Math.max(...together) / clauses.length)];
        }));
        return [...first.sort((a, b) => b[1] - a[1]).map(([d]) => d), ...ids.slice(10)];
      };

      // How many results every value of every facet would leave.
      const counts = () => Promise.all(facets.map(({ name }) => name).filter((field) => columns[field]).map(async (field) => {
        const { values, of } = await column(field), found = values.map((value) => [...value, 0]), others = ~bits[field];
        for (const d of left) if (!(fails[d] & others)) for (const i of of[d]) found[i][2]++;
        return [field, found];
      }));
      return { total: left.filter((d) => !fails[d]).length, without: left.length, ids: await nearer(best(wanted)), counts, complete, partly, clauses, pasted, unknown, unchecked, isEmpty };
    };

    return { n, facets, columns, search, shown };
  };

  // Found on the odd queries of benches/search; its even ones are reported.
  const tune = { variant: 0.95, prefix: 0.5, prefixOnly: 0.9, typo: 0.8, candidates: 3, apart: 0.6, namesake: 0.3, few: 6, fewOf: 0.1, follow: 5, levelIn: 200, alert: 5, alertLeast: 0.5, title: 12, share: 4, ofQuery: 0.3, ofTitle: 1, least: 0.45, enough: 10, words: 12, pasted: 40, pastedLeast: 0.15, checked: 100, near: 0.3 };
  globalThis.casebook = Object.assign(casebook, { tokens, fold, open, tune, load });
})();
