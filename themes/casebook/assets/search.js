// The search page: what is typed and ticked becomes the address, the address becomes results.
// The engine (search/engine.js, beside the index) answers; nothing here knows its files.
(() => {
  const find = (id) => document.getElementById(id), list = find('results');
  if (!list) return;
  const [box, head, note, chips, panel, more] = ['q', 'search-count', 'search-note', 'search-chips', 'search-filters', 'search-more'].map(find);
  const looks = JSON.parse(list.dataset.looks || '{}');
  // The list is in the documents' language; what this page adds is in its own.
  const lang = list.lang !== '' && document.documentElement.lang;
  const [page, pasteLimit, addressLimit] = [10, 10240, 1500];

  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes ?? {})) if (value !== false) element.setAttribute(name, value === true ? '' : value);
    element.append(...children.filter((child) => child !== ''));
    return element;
  };
  const number = (count) => count.toLocaleString('en');

  // ---- the address -----------------------------------------------------------------------------
  const read = () => new URLSearchParams(location.search);
  const addressOf = (params) => location.pathname + (`${params}` && `?${params}`);
  const isFilter = (name) => !['q', 'sort', 'match'].includes(name);
  const stateOf = (params) => {
    const one = (name) => params.get(name) || undefined, state = { q: one('q') ?? '', match: one('match'), sort: one('sort') };
    for (const { name } of index.facets) state[name] = params.getAll(name);
    return { ...state, date: [one('from'), one('to')], duration: [one('min'), one('max')], affected: [one('share-min'), one('share-max')] };
  };
  // What the two forms say, without what they leave empty; filters that are not drawn yet stay as they are.
  const written = () => {
    const params = new URLSearchParams(), q = box.value.trim();
    if (q) params.set('q', q);
    for (const [name, value] of panel.childElementCount ? new FormData(panel) : read()) if (value && name !== 'q') params.append(name, value);
    return params;
  };
  // Hosts refuse long addresses: of a pasted text only the beginning is remembered there.
  const write = (params, isNew) => {
    if (params.has('q')) params.set('q', params.get('q').slice(0, addressLimit));
    if (`${params}` !== `${read()}`) history[isNew ? 'pushState' : 'replaceState'](null, '', addressOf(params));
  };
  const asked = () => {
    const typed = box.value.trim(), remembered = read().get('q') ?? '';
    return typed.slice(0, addressLimit) === remembered ? typed : remembered;
  };
  const showFilters = () => {
    const params = read();
    for (const field of panel.elements) {
      if (field.type === 'checkbox') field.checked = params.getAll(field.name).includes(field.value);
      else if (field.name) field.value = params.get(field.name) ?? '';
    }
  };
  const showState = () => {
    box.value = read().get('q') ?? '';
    showFilters();
  };

  // ---- snippets --------------------------------------------------------------------------------
  // Marks of a document's own are no words of it.
  const clean = (text) => text.replace(/\[\^[^\]\s]*\]/g, '').replace(/[`{}]/g, '');
  const sentencesOf = (text) => text.split(/(?<=[.!?。！？])\s+/u);
  const termsOf = (clauses) => new Map(clauses.flatMap((clause) => clause.found.map(([{ term }]) => [term, clause])));
  // Most sentences have none of the terms, and reading one word by word is slow.
  const mayHave = (text, terms) => {
    const plain = casebook.fold(text);
    return [...terms.keys()].some((term) => plain.includes(term));
  };
  const placesOf = (text, terms) => (mayHave(text, terms) ? casebook.tokens(text) : []).flatMap(({ at, end, parts, whole }) => (terms.has(whole)
    ? [[at, end, terms.get(whole)]]
    : parts.filter(([term]) => terms.has(term)).map(([term, from, to]) => [from, to, terms.get(term)])));

  // A stretch of a text, its matches marked.
  const marked = (text, places, from = 0, to = text.length) => {
    const pieces = [];
    let at = from;
    for (const [start, end] of places) {
      if (start < at || end > to) continue;
      pieces.push(text.slice(at, start), make('mark', null, text.slice(start, end)));
      at = end;
    }
    return [...pieces, text.slice(at, to)];
  };
  const excerpt = ({ sentence, places }) => {
    const first = places[0]?.[0] ?? 0, from = first > 90 ? sentence.indexOf(' ', first - 70) + 1 : 0;
    const end = from + 200 < sentence.length ? sentence.lastIndexOf(' ', from + 200) : sentence.length, to = end > from ? end : from + 200;
    return [from ? '… ' : '', ...marked(sentence, places, from, to), to < sentence.length ? ' … ' : ' '];
  };

  // The two sentences that show most of the clauses.
  const snippet = ({ texts }, clauses) => {
    const terms = termsOf(clauses), shown = new Set(), chosen = [];
    const all = texts.flatMap(([part, text]) => sentencesOf(clean(text)).map((sentence) => ({ sentence, part, places: placesOf(sentence, terms) })));
    const gain = ({ places }) => [...new Set(places.map(([, , clause]) => clause))].reduce((sum, clause) => sum + (shown.has(clause) ? 0 : clause.idf + 0.1), 0);
    for (let round = 0; round < 2; round++) {
      const best = all.reduce((a, b) => (gain(b) > gain(a) ? b : a), all[0]);
      if (!best || !gain(best)) break;
      chosen.push(best);
      for (const [, , clause] of best.places) shown.add(clause);
    }
    const says = ({ sentence }) => sentence.length > 24;
    if (!chosen.length) chosen.push(all.find((one) => one.part === 'summary' && says(one)) ?? all.find(says));
    return all.filter((one) => chosen.includes(one)).flatMap(excerpt);
  };

  // The sentences that say what fixed it.
  const remedy = ({ texts }, count) => {
    const said = texts.filter(([part, text]) => part === 'resolution' && text.length > 24).flatMap(([, text]) => sentencesOf(clean(text))).slice(0, count).join(' ');
    return said.length > 200 * count ? `${said.slice(0, 200 * count).replace(/\s+\S*$/, '')} …` : said;
  };

  // ---- results ---------------------------------------------------------------------------------
  const look = (facet, [slug, name]) => {
    const [style, letters] = looks[facet]?.[slug] ?? [];
    if (letters) return make('span', null, make('span', { class: `sw ${style}`, 'aria-hidden': 'true' }, letters), name);
    return style ? make('span', { class: style }, name) : name;
  };
  const item = (incident, { clauses, pasted }, isFirstPartly) => {
    const { url, title, day, when, lasted, values } = incident, fixed = remedy(incident, pasted ? 3 : 1);
    // Values that have a look stand alone, the others of a facet in one list.
    const looked = ({ name, position }) => (looks[name]
      ? values[position].map((value) => look(name, value)) : [values[position].map(([, text]) => text).join(', ')]);
    const shown = index.facets.filter((facet) => facet.shown).sort((a, b) => a.shown - b.shown);
    const meta = [when && make('time', day ? { datetime: day } : null, when), lasted, ...shown.flatMap(looked)];
    return make('li', null,
      isFirstPartly ? make('p', { class: 'partly', lang }, 'Partly similar') : '',
      make('h3', null, make('a', { href: url }, ...marked(title, placesOf(title, termsOf(clauses))))),
      make('p', { class: 'snip' }, ...snippet(incident, clauses)),
      fixed && make('p', { class: 'note' }, make('b', { lang }, 'What fixed it: '), fixed),
      make('p', { class: 'meta', lang }, ...meta.filter(Boolean).map((part) => make('span', null, part))));
  };

  const say = (element, ...parts) => {
    if (element.textContent !== parts.map((part) => part.textContent ?? part).join('')) element.replaceChildren(...parts);
  };
  const incidents = (count) => `${number(count)} ${count === 1 ? 'incident' : 'incidents'}`;
  const explain = ({ total, without, complete, clauses, pasted, unknown, unchecked, isEmpty }, state, params) => {
    const missing = clauses.filter((clause) => !clause.count).map((clause) => `“${clause.word}”`);
    const instead = clauses.filter((clause) => clause.corrected).map((clause) => `“${clause.corrected}” for “${clause.word}”`);
    const bare = new URLSearchParams([...params].filter(([name]) => !isFilter(name)));
    if (isEmpty) return [`“${state.q.slice(0, 20)}” has no letter and no digit, and search goes by words. Add one.`];
    return [
      state.q && total && !state.sort ? 'Best match first. ' : '',
      !pasted && clauses.length > 1 && complete < without ? `${complete ? `${number(complete)} ${complete === 1 ? 'contains' : 'contain'}` : 'None contains'} every word. ` : '',
      pasted ? 'Ranked by how much of the text an incident has. ' : '',
      instead.length ? `Searched ${instead.join(', ')}. ` : '',
      missing.length && !pasted ? `No incident mentions ${missing.join(' or ')}. ` : '',
      ...unknown.map(({ field, value }) => `No ${field} is called “${value}”. `),
      unchecked ? `${number(unchecked)} more have the words and were not read for the phrase. ` : '',
      ...([...params.keys()].some(isFilter) && without > total ? ['Without the filters ', without === 1 ? 'there is ' : 'there are ', make('a', { href: addressOf(bare), 'data-state': true }, number(without)), '. '] : []),
      total ? '' : 'Try fewer words, another form of a word, or the lists.',
    ].filter(Boolean);
  };

  // ---- one run at a time is seen ---------------------------------------------------------------
  let index, opening, filters, latest = 0, wanted = page, withFilters = false;
  const opened = () => opening ??= casebook.open(list.dataset.index, casebook.load).then((it) => { index = it; });
  const filtersOf = () => filters ??= casebook.load(list.dataset.filters).then(() => casebook.filters({ index, make, number, panel, chips, read, addressOf, isFilter, showFilters }));
  const run = async () => {
    const turn = ++latest, isStale = () => turn !== latest, params = read(), q = asked();
    const idle = !q && ![...params.keys()].some((name) => isFilter(name) || name === 'sort');
    list.setAttribute('aria-busy', 'true');
    try {
      await opened();
      const state = { ...stateOf(params), q };
      const found = await index.search(state, idle ? 0 : wanted);
      const firstPartly = found.ids.find((id) => found.partly.has(id));
      // Each is made when its text is there, and not all in one long task.
      const items = await Promise.all(found.ids.map(async (id) => item(await index.shown(id), found, id === firstPartly)));
      if (isStale()) return;
      list.replaceChildren(...items);
      list.dataset.total = idle ? 0 : found.total;
      list.dataset.query = q;
      say(head, idle ? incidents(index.n) : `${number(found.total)} of ${incidents(index.n)}`);
      say(note, ...(idle ? [] : explain(found, state, params)));
      document.documentElement.toggleAttribute('data-asked', !idle);
      more.hidden = idle || found.total <= found.ids.length;
      list.setAttribute('aria-busy', 'false');
      withFilters ||= !idle;
      // Results come first; filters follow when nobody types, or where they have a place and nothing is asked.
      await new Promise((done) => setTimeout(done, withFilters ? 50 : 1000));
      if (isStale() || !(withFilters ||= panel.checkVisibility?.())) return;
      await (await filtersOf())(found, isStale);
    } catch (error) {
      if (isStale()) return;
      opening = index && opening;
      filters = undefined;
      list.setAttribute('aria-busy', 'false');
      list.dataset.query ??= '';
      say(note, 'A file of the search index could not be loaded. Reload the page, or use the lists.');
      console.warn(error.stack ?? error);
    }
  };
  const change = (isNew) => {
    wanted = page;
    write(written(), isNew);
    run();
  };
  const go = () => {
    wanted = page;
    showState();
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
  addEventListener('popstate', go);
  addEventListener('click', (event) => {
    const link = event.target.closest?.('a[data-state]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    clearTimeout(timer);
    history.pushState(null, '', link.href);
    go();
    box.focus();
  });
  // Sooner when someone is about to use them.
  const wake = () => {
    if (withFilters) return;
    withFilters = true;
    run();
  };
  panel.closest('details').addEventListener('toggle', wake);
  for (const sign of ['pointermove', 'keydown']) addEventListener(sign, wake);
  // Down from the box into the results, up and down among them, Escape back.
  addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], links = [...list.querySelectorAll('h3 a')];
    const at = links.indexOf(document.activeElement);
    if (at >= 0 && event.key === 'Escape') box.focus();
    if (!step || (at < 0 && (document.activeElement !== box || step < 0))) return;
    event.preventDefault();
    (links[at + step] ?? (step < 0 ? box : links[at]))?.focus();
  });

  if (location.hash === '#q') box.focus();
  go();
})();
