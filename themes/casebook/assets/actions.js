// The ledger of action items: what is overdue by the reader's own clock, one state at a time, and
// filters by owner and service. All of it stands in the address. The page works without.
(() => {
  const tabs = document.querySelector('.tabs ul'), sections = [...document.querySelectorAll('.ledger')];
  if (!tabs) return;
  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const now = new Date(), two = (n) => `${n}`.padStart(2, '0');
  const today = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const items = sections.flatMap((section) => [...section.querySelectorAll('.it')].map((row) => {
    const due = row.querySelector('time')?.dateTime;
    const isLate = section.dataset.state === 'open' && due?.length === 10 && due < today;
    if (isLate) row.querySelector('time').after(' ', make('span', { class: 'late' }, 'overdue'));
    return { row, isLate, part: row.parentElement, section, owner: row.dataset.owner ?? '', services: row.parentElement.dataset.services.split('|') };
  }));
  const late = items.filter(({ isLate }) => isLate);
  if (late.length) {
    const count = make('span', { class: 'note' }, late.length.toLocaleString('en'));
    tabs.prepend(make('li', {}, make('a', { href: '#', 'data-tab': 'overdue' }, 'Overdue ', count)));
  }

  // ---- owners ----------------------------------------------------------------------------------
  const owners = document.querySelector('.owners');
  if (owners && late.length) {
    owners.tHead.rows[0].cells[0].after(make('th', { scope: 'col', class: 'n' }, 'Overdue'));
    for (const row of owners.tBodies[0].rows) {
      const own = late.filter(({ owner }) => owner === row.dataset.owner).length;
      row.cells[0].after(make('td', { class: 'n' }, own.toLocaleString('en')));
    }
  }
  for (const row of owners?.tBodies[0].rows ?? []) {
    const button = make('button', { type: 'button' }, ...row.cells[0].childNodes);
    button.addEventListener('click', () => change({ owner: row.dataset.owner || '-' }));
    row.cells[0].append(button);
  }

  // ---- filters ---------------------------------------------------------------------------------
  const names = (of) => [...new Set(items.flatMap(of))].filter(Boolean).sort();
  const labels = new Map(items.map(({ row, owner }) => [owner, row.querySelector('[data-k=owner]')?.textContent]));
  const select = (name, title, values) => {
    const field = make('select', { name, id: `pick-${name}` }, make('option', { value: '' }, 'all'), ...values.map((value) => make('option', { value }, labels.get(value) ?? value)));
    if (name === 'owner') field.append(make('option', { value: '-' }, 'no owner'));
    field.addEventListener('change', () => change({ [name]: field.value }));
    return [field, make('label', { for: field.id }, `${title} `, field)];
  };
  const [ownerField, ownerLabel] = select('owner', 'Owner', names(({ owner }) => [owner]));
  const [serviceField, serviceLabel] = select('service', 'Service', names(({ services }) => services));
  const none = make('p', { role: 'status', class: 'note' });
  tabs.parentElement.after(make('div', { class: 'pick' }, ownerLabel, serviceLabel), none);

  const state = () => Object.fromEntries(['tab', 'owner', 'service'].map((name) => [name, new URLSearchParams(location.search).get(name) ?? '']));
  const show = () => {
    const { tab, owner, service } = state();
    [ownerField.value, serviceField.value] = [owner, service];
    let shown = 0;
    for (const item of items) {
      const fits = (!tab || (tab === 'overdue' ? item.isLate : item.section.dataset.state === tab))
        && (!owner || (owner === '-' ? !item.owner : item.owner === owner)) && (!service || item.services.includes(service));
      item.row.hidden = !fits;
      shown += fits;
    }
    for (const part of new Set(items.map(({ part }) => part))) part.hidden = !part.querySelector('.it:not([hidden])');
    for (const section of sections) section.hidden = !section.querySelector('.it:not([hidden])');
    for (const link of tabs.querySelectorAll('a')) {
      if (link.dataset.tab === tab) link.setAttribute('aria-current', 'true'); else link.removeAttribute('aria-current');
    }
    none.textContent = tab || owner || service ? `${shown.toLocaleString('en')} of ${items.length.toLocaleString('en')} on this page shown.` : '';
  };
  const change = (wanted) => {
    const params = new URLSearchParams(Object.entries({ ...state(), ...wanted }).filter(([, value]) => value));
    history.pushState(null, '', location.pathname + (`${params}` && `?${params}`));
    show();
  };
  tabs.addEventListener('click', (event) => {
    const tab = event.target.closest('a')?.dataset.tab;
    if (!tab || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    change({ tab: tab === state().tab ? '' : tab });
  });
  addEventListener('popstate', show);
  show();
})();
