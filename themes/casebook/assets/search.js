// The search page: what is typed and ticked becomes the address, the address becomes results.
// The engine (search/engine.js, beside the index) answers; nothing here knows its files.
(() => {
  'use strict';
  const list = document.getElementById('results');
  if (!list) return;
  const find = (id) => document.getElementById(id);
  const [box, head, note, chips, panel, more] = ['q', 'search-count', 'search-note', 'search-chips', 'search-filters', 'search-more'].map(find);
  const looks = JSON.parse(list.dataset.looks || '{}');
  const [page, pasteLimit, shownValues] = [10, 10240, 8];
  const names = { cause: 'Cause', severity: 'Severity', service: 'Service', tag: 'Tag', status: 'Status', month: 'Month' };
  const spans = [
    ['Date', 'from', 'From', 'to', 'To', 'text'],
    ['Minutes to resolve', 'min', 'At least', 'max', 'At most', 'number'],
    ['Share affected, %', 'share-min', 'At least', 'share-max', 'At most', 'number'],
  ];
  const ofSpan = ['date', 'duration', 'affected'];
  const orders = [['', 'Best match first'], ['newest', 'Newest first'], ['oldest', 'Oldest first'], ['longest', 'Longest first'], ['affected', 'Most affected first']];

  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes ?? {})) if (value !== false) element.setAttribute(name, value === true ? '' : value);
    element.append(...children.filter((child) => child !== ''));
    return element;
  };
  const number = (count) => count.toLocaleString('en').replaceAll(',', '\u202f');

  // ---- the address -----------------------------------------------------------------------------
  const read = () => new URLSearchParams(location.search);
  const addressOf = (params) => `${location.pathname}${`${params}` && `?${params}`}`;
  const stateOf = (params) => {
    const state = { q: params.get('q') ?? '' };
    for (const facet of Object.keys(names)) state[facet] = params.getAll(facet);
    for (const name of ['match', 'sort', ...spans.flatMap(([, low, , high]) => [low, high])]) state[name] = params.get(name) || undefined;
    return state;
  };
  const isFilter = (name) => !['q', 'sort', 'match'].includes(name);
  // What the two forms say, without what they leave empty.
  const written = () => {
    const params = new URLSearchParams();
    if (box.value.trim()) params.set('q', box.value.trim());
    if (!panel.childElementCount) for (const [name, value] of read()) { if (name !== 'q') params.append(name, value); }
    for (const [name, value] of new FormData(panel)) if (value) params.append(name, value);
    return params;
  };
  const write = (params, isNew) => {
    // Hosts refuse long addresses; a pasted text is remembered by its beginning.
    if ((params.get('q') ?? '').length > 1500) params.set('q', params.get('q').slice(0, 1500));
    if (`?${params}` !== location.search && (`${params}` || location.search)) history[isNew ? 'pushState' : 'replaceState'](null, '', addressOf(params));
  };
  const showState = (params) => {
    if (document.activeElement !== box || !box.value.startsWith(params.get('q') ?? '')) box.value = params.get('q') ?? '';
    for (const field of panel.elements) {
      if (field.type === 'checkbox') field.checked = params.getAll(field.name).includes(field.value);
      else if (field.name) field.value = params.get(field.name) ?? '';
    }
  };

  // ---- snippets --------------------------------------------------------------------------------
  const sentencesOf = (text) => text.split(/(?<=[.!?。！？])\s+/u);

  // Pieces of a text around its matches, as [text, isMarked], and which clauses they show.
  const markedPieces = (text, places, from, to) => {
    const pieces = [];
    let at = from;
    for (const [start, end] of places) {
      if (start < at || end > to) continue;
      pieces.push([text.slice(at, start), false], [text.slice(start, end), true]);
      at = end;
    }
    return [...pieces, [text.slice(at, to), false]];
  };

  const placesOf = (text, terms) => {
    const places = [];
    for (const { at, end, parts, whole } of casebook.tokens(text)) {
      if (terms.has(whole)) places.push([at, end, terms.get(whole)]);
      else for (const [term, from, to] of parts) if (terms.has(term)) places.push([from, to, terms.get(term)]);
    }
    return places;
  };

  const termsOf = (clauses) => new Map(clauses.flatMap((clause) => clause.found.map(([entry]) => [entry.term, clause])));

  // The two sentences that show most of the clauses, as lists of pieces.
  const snippet = (document, clauses) => {
    const terms = termsOf(clauses);
    const all = document.x.flatMap(([part, text], paragraph) => sentencesOf(text).map((sentence, i) => {
      const places = placesOf(sentence, terms);
      return { sentence, places, shows: new Set(places.map(([, , clause]) => clause)), order: paragraph * 1e4 + i, part };
    }));
    const chosen = [], shown = new Set();
    for (let round = 0; round < 2; round++) {
      const gain = ({ shows }) => [...shows].reduce((sum, clause) => sum + (shown.has(clause) ? 0 : clause.idf + 0.1), 0);
      const best = all.reduce((a, b) => (gain(b) > gain(a) ? b : a), all[0]);
      if (!best || !gain(best)) break;
      chosen.push(best);
      best.shows.forEach((clause) => shown.add(clause));
    }
    if (!chosen.length && all.length) chosen.push(all.find(({ part }) => part === 's') ?? all[0]);
    return chosen.sort((a, b) => a.order - b.order).map(({ sentence, places }) => {
      const first = places[0]?.[0] ?? 0, from = first > 90 ? sentence.indexOf(' ', first - 70) + 1 : 0;
      const end = from + 200 < sentence.length ? sentence.lastIndexOf(' ', from + 200) : sentence.length;
      const to = end > from ? end : from + 200;
      return [[from ? '… ' : '', false], ...markedPieces(sentence, places, from, to), [to < sentence.length ? ' …' : '', false]];
    });
  };

  // The sentences that say what fixed it.
  const remedy = ({ x }, count) => x.filter(([part, text]) => part === 'r' && text.length > 24)
    .flatMap(([, text]) => sentencesOf(text)).slice(0, count).join(' ').slice(0, 160 * count);
  // ---- results ---------------------------------------------------------------------------------
  const piecesOf = (pieces) => pieces.map(([text, marked]) => (marked ? make('mark', null, text) : text));
  const look = (facet, [slug, name]) => {
    const [style, letters] = looks[facet]?.[slug] ?? [];
    if (facet === 'severity') return style ? make('span', { class: style }, name) : name;
    return letters ? make('span', null, make('span', { class: `sw ${style}`, 'aria-hidden': 'true' }, letters), name) : name;
  };
  const item = (incident, { clauses, pasted }) => {
    const { u, t, d, w, l, f: [causes, services, severities] } = incident;
    const title = markedPieces(t, placesOf(t, termsOf(clauses)), 0, t.length);
    const meta = [
      w && make('time', d ? { datetime: d } : null, w), l && `lasted ${l}`,
      ...severities.map((value) => look('severity', value)), ...causes.slice(0, 1).map((value) => look('cause', value)),
      services.map(([, name]) => name).join(', '),
    ].filter(Boolean);
    const fixed = remedy(incident, pasted ? 3 : 1);
    return make('li', null,
      make('h3', null, make('a', { href: u }, ...piecesOf(title))),
      make('p', { class: 'snip' }, ...snippet(incident, clauses).flatMap((pieces, i) => [i ? ' ' : '', ...piecesOf(pieces)])),
      fixed && make('p', { class: 'note' }, make('b', null, 'What fixed it: '), fixed),
      make('p', { class: 'meta' }, ...meta.map((part) => make('span', null, part))));
  };

  const counted = (count, all) => `${number(count)} of ${number(all)} ${all === 1 ? 'incident' : 'incidents'}`;
  const say = (element, ...parts) => {
    if (element.textContent !== parts.map((part) => part.textContent ?? part).join('')) element.replaceChildren(...parts);
  };
  const explain = (found, state, params) => {
    const filters = [...params.keys()].some(isFilter);
    const missing = found.clauses.filter((clause) => !clause.count).map((clause) => `“${clause.word}”`);
    const instead = found.clauses.filter((clause) => clause.corrected).map((clause) => `“${clause.corrected}” for “${clause.word}”`);
    const without = new URLSearchParams([...params].filter(([name]) => !isFilter(name)));
    return [
      state.q && found.total && !state.sort ? 'Best match first. ' : '',
      !found.pasted && found.clauses.length > 1 && found.complete < found.without ? `${found.complete ? `${number(found.complete)} of them have` : 'None has'} every word. ` : '',
      found.pasted ? 'Ranked by how much of the text an incident has. ' : '',
      instead.length ? `Searched ${instead.join(', ')}. ` : '',
      missing.length && !found.pasted ? `Nothing has ${missing.join(' or ')}. ` : '',
      ...found.unknown.map(({ field, value }) => `No ${field} is called “${value}”. `),
      found.unchecked ? `The ${number(found.unchecked)} weaker candidates were not checked for the phrase. ` : '',
      ...(filters && found.without > found.total ? ['Without the filters ', found.without === 1 ? 'there is ' : 'there are ', make('a', { href: addressOf(without), 'data-state': true }, number(found.without)), '. '] : []),
      !found.total ? 'Try fewer words, another form of a word, or the lists.' : '',
    ].filter((part) => part !== '');
  };

  // ---- filters ---------------------------------------------------------------------------------
  const labels = {};
  const facetField = async (facet, found) => {
    const values = await found.counts(facet);
    if (!values.length) return '';
    const ordered = facet === 'month' ? values : [...values].sort((a, b) => b[2] - a[2] || (a[1] < b[1] ? -1 : 1));
    labels[facet] = new Map();
    const options = ordered.slice(0, 200).map(([slug, name]) => {
      const count = make('span');
      const label = make('label', { class: 'opt' }, make('input', { type: 'checkbox', name: facet, value: slug }), name, count);
      labels[facet].set(slug, [label, count]);
      return label;
    });
    const rest = make('details', null, make('summary', null, `All ${options.length}`), ...options.slice(shownValues));
    const all = make('label', { class: 'opt' }, make('input', { type: 'checkbox', name: 'match', value: 'all' }), 'All of them together');
    return make('fieldset', null, make('legend', null, names[facet]), ...options.slice(0, shownValues), options.length > shownValues ? rest : '', facet === 'service' ? all : '');
  };
  const spanField = ([name, low, lowName, high, highName, type], i) => {
    if (!index.columns.includes(ofSpan[i])) return '';
    const field = (name, text) => make('label', null, `${text} `, make('input', { type, name, inputmode: 'numeric', ...(type === 'number' ? { min: '0', step: 'any' } : { placeholder: '2024-06', pattern: '\\d{4}(-\\d{2}){0,2}' }) }));
    return make('fieldset', null, make('legend', null, name), make('div', { class: 'rng' }, field(low, lowName), field(high, highName)));
  };
  const buildFilters = async (found) => {
    const facets = await Promise.all(Object.keys(names).map((facet) => facetField(facet, found)));
    const order = make('fieldset', null, make('legend', null, make('label', { for: 'search-sort' }, 'Order')),
      make('select', { name: 'sort', id: 'search-sort' }, ...orders.map(([value, name]) => make('option', { value }, name))));
    if (!panel.childElementCount) panel.append(...[order, ...facets, ...spans.map(spanField)].filter(Boolean));
  };
  const showCounts = async (found, isStale) => {
    const all = await Promise.all(Object.keys(labels).map(async (facet) => [facet, await found.counts(facet)]));
    if (isStale()) return;
    for (const [facet, values] of all) {
      for (const [slug, , count] of values) {
        const [label, span] = labels[facet].get(slug) ?? [];
        if (!label) continue;
        span.textContent = number(count);
        const rest = label.closest('details:not(.filters)');
        if (rest && label.querySelector('input').checked) rest.open = true;
      }
    }
  };
  const showChips = (params) => {
    const filters = [...params].filter(([name]) => isFilter(name));
    const nameOf = (name, value) => {
      const label = labels[name]?.get(value)?.[0];
      return label ? `${name}: ${label.childNodes[1].textContent}` : `${name.replace('-', ' ')}: ${value}`;
    };
    const without = (chip) => addressOf(new URLSearchParams([...params].filter((pair) => pair[0] !== chip[0] || pair[1] !== chip[1])));
    const links = filters.map((chip) => make('a', { href: without(chip), 'data-state': true }, make('span', { class: 'sr' }, 'Remove '), nameOf(...chip)));
    const bare = new URLSearchParams([...params].filter(([name]) => !isFilter(name)));
    if (links.length) links.push(make('a', { class: 'all', href: addressOf(bare), 'data-state': true }, 'Clear all'));
    chips.replaceChildren(...(links.length ? [make('span', { class: 'sr' }, 'Active filters:'), ...links] : []));
    chips.hidden = !links.length;
  };

  // ---- one run at a time is seen ---------------------------------------------------------------
  let index, opening, latest = 0, wanted = page, withFilters = false;
  const opened = () => opening ??= casebook.open(list.dataset.index, casebook.load).then((it) => { index = it; });
  const run = async () => {
    const turn = ++latest, isStale = () => turn !== latest, params = read(), state = stateOf(params);
    const idle = !state.q && ![...params.keys()].some((name) => isFilter(name) || name === 'sort');
    list.setAttribute('aria-busy', 'true');
    try {
      await opened();
      const found = await index.search(state, idle ? 0 : wanted);
      const incidents = await Promise.all(found.ids.map(index.shown));
      if (isStale()) return;
      list.replaceChildren(...incidents.map((incident) => item(incident, found)));
      list.dataset.total = idle ? 0 : found.total;
      list.dataset.query = state.q;
      say(head, idle ? counted(index.n, index.n).replace(/^.* of /, '') : counted(found.total, index.n));
      say(note, ...(idle ? ['Words, “phrases”, -not, service:name, identifiers, or a whole alert or stack trace.'] : explain(found, state, params)));
      more.hidden = idle || found.total <= found.ids.length;
      showChips(params);
      list.setAttribute('aria-busy', 'false');
      if (!idle) withFilters = true;
      if (!withFilters) return;
      if (!panel.childElementCount) {
        await buildFilters(await index.search({ q: '' }, 0));
        showState(read());
        showChips(read());
      }
      await showCounts(found, isStale);
    } catch (error) {
      if (isStale()) return;
      opening = index && opening;
      list.setAttribute('aria-busy', 'false');
      say(note, 'A file of the search index could not be loaded. Reload the page, or use the lists.');
      console.warn(error.stack ?? error);
    }
  };
  const change = (isNew) => {
    wanted = page;
    write(written(), isNew);
    run();
  };

  // ---- what people do --------------------------------------------------------------------------
  let timer;
  box.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(change, 60, false);
  });
  // A pasted text keeps its words apart: the box would join its lines.
  box.addEventListener('paste', (event) => {
    const text = event.clipboardData?.getData('text') ?? '';
    if (!/\s{2}|[\n\r\t]/.test(text) && text.length < pasteLimit) return;
    event.preventDefault();
    box.setRangeText(text.slice(0, pasteLimit).replace(/\s+/g, ' '), box.selectionStart, box.selectionEnd, 'end');
    box.dispatchEvent(new Event('input'));
  });
  box.form.addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(timer);
    change(true);
  });
  panel.addEventListener('submit', (event) => event.preventDefault());
  panel.addEventListener('change', () => change(true));
  more.addEventListener('click', async () => {
    const from = wanted;
    wanted += page;
    await run();
    list.children[from]?.querySelector('a').focus();
  });
  addEventListener('popstate', () => {
    wanted = page;
    showState(read());
    run();
  });
  addEventListener('click', (event) => {
    const link = event.target.closest?.('a[data-state]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    history.pushState(null, '', link.href);
    showState(read());
    run();
    box.focus();
  });
  const wake = () => {
    if (withFilters) return;
    withFilters = true;
    run();
  };
  panel.closest('details')?.addEventListener('toggle', wake);
  panel.closest('details')?.addEventListener('pointerenter', wake);
  box.addEventListener('focus', opened, { once: true });
  // Down from the box into the results, up and down among them, Escape back.
  addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], links = [...list.querySelectorAll('h3 a')];
    const at = links.indexOf(document.activeElement);
    if (at >= 0 && event.key === 'Escape') box.focus();
    if (!step || (at < 0 && (document.activeElement !== box || step < 0))) return;
    event.preventDefault();
    (links[at + step] ?? (step < 0 ? box : links[at]))?.focus();
  });

  showState(read());
  run();
})();
