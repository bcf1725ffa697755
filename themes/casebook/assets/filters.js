// The filters of the search page: facets with live counts, ranges, the order, and chips for what is set.
// Loaded by search.js once there are results, which come first.
globalThis.casebook.filters = ({ index, make, number, panel, chips, read, addressOf, isFilter, showFilters }) => {
  const [shown, most] = [6, 200];
  const ranges = [
    ['date', 'Date', 'from', 'From', 'to', 'To'],
    ['duration', 'Minutes to resolve', 'min', 'At least', 'max', 'At most'],
    ['affected', 'Impact, % affected', 'share-min', 'At least', 'share-max', 'At most'],
  ];
  const orders = [['', 'Best match first'], ['newest', 'Newest first'], ['oldest', 'Oldest first'], ['longest', 'Longest first'], ['affected', 'Most affected first']];
  // For each facet, by slug: the label and the place of its count.
  const labels = {};

  // Days and months from the newest, the undated last; other values by how many they would leave.
  const newestFirst = (a, b) => (a[0] === 'undated') - (b[0] === 'undated') || (a[0] < b[0] ? 1 : -1);
  const commonestFirst = (a, b) => b[2] - a[2] || (a[1] < b[1] ? -1 : 1);

  const box = (name, value, ...text) => make('label', { class: 'opt' }, make('input', { type: 'checkbox', name, value }), ...text);
  const facetField = ({ name: facet, title, newest, together }, values) => {
    labels[facet] = new Map();
    const options = [...values].sort(newest ? newestFirst : commonestFirst).slice(0, most).map(([slug, name]) => {
      const count = make('span'), label = box(facet, slug, name, count);
      labels[facet].set(slug, { label, count, name });
      return label;
    });
    const rest = make('details', null, make('summary', null, `${number(options.length - shown)} more`), ...options.slice(shown));
    return make('fieldset', null, make('legend', null, title), ...options.slice(0, shown),
      options.length > shown ? rest : '', together && values.length > 1 ? box('match', 'all', 'Match all selected') : '');
  };
  const rangeField = ([field, name, low, lowName, high, highName]) => {
    const looks = field === 'date' ? { type: 'text', placeholder: '2024-06', pattern: '\\d{4}(-\\d{2}){0,2}' } : { type: 'number', min: '0', step: 'any' };
    const limit = (name, text) => make('label', null, `${text} `, make('input', { name, inputmode: 'numeric', ...looks }));
    return make('fieldset', null, make('legend', null, name), make('div', { class: 'rng' }, limit(low, lowName), limit(high, highName)));
  };
  const orderField = () => make('fieldset', null, make('legend', null, make('label', { for: 'search-sort' }, 'Sort by')),
    make('select', { name: 'sort', id: 'search-sort' }, ...orders.map(([value, name]) => make('option', { value }, name))));

  const draw = async () => {
    const counts = new Map(await (await index.search({ q: '' }, 0)).counts());
    if (panel.childElementCount) return;
    const facets = index.facets.filter(({ name }) => counts.get(name)?.length).map((facet) => facetField(facet, counts.get(facet.name)));
    panel.append(orderField(), ...facets, ...ranges.filter(([field]) => index.columns[field]).map(rangeField));
    showFilters();
  };

  const showCounts = (counts) => {
    for (const [facet, values] of counts) {
      for (const [slug, , count] of values) {
        const option = labels[facet]?.get(slug);
        if (!option) continue;
        option.count.textContent = number(count);
        option.label.classList.toggle('none', !count);
        const rest = option.label.closest('details:not(.filters)');
        if (rest && option.label.querySelector('input').checked) rest.open = true;
      }
    }
  };

  const showChips = () => {
    const params = read(), filters = [...params].filter(([name]) => isFilter(name));
    const to = (keep) => ({ href: addressOf(new URLSearchParams([...params].filter(keep))), 'data-state': true });
    const chip = ([name, value]) => make('a', to((pair) => pair[0] !== name || pair[1] !== value),
      make('span', { class: 'sr' }, 'Remove '), `${name.replace('-', ' ')}: ${labels[name]?.get(value)?.name ?? value}`);
    chips.replaceChildren(...(filters.length ? [
      make('span', { class: 'sr' }, 'Active filters:'), ...filters.map(chip),
      make('a', { ...to(([name]) => !isFilter(name)), class: 'all' }, 'Clear all'),
    ] : []));
  };

  return async (found, isStale) => {
    await draw();
    const counts = await found.counts();
    if (isStale()) return;
    showCounts(counts);
    showChips();
  };
};
