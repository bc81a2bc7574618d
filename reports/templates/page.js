// Nothing depends on this script: it keeps in the address what is open, shown and sorted, and adds the filter of cells.
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const list = document.getElementById('cell-list');
  const controls = document.getElementById('controls');
  const find = document.getElementById('find');
  const sort = document.getElementById('sort');
  const shown = document.getElementById('shown');
  const boxes = all('#controls input[name="show"]');
  const cells = all('.cell');
  const foldable = all('details[id]');
  const openAtFirst = new Set(foldable.filter((details) => details.open));

  /** `#cell-5&show=regression,slower&find=tls&sort=matrix&toggled=d4,d4-p`: the anchor, and what is not as it was at first. */
  const read = () => {
    const [anchor, ...rest] = location.hash.slice(1).split('&');
    return { anchor, state: new URLSearchParams(rest.join('&')) };
  };
  const listed = (state, key) => new Set((state.get(key) ?? '').split(',').filter(Boolean));

  function hashWith(anchor) {
    const toggled = foldable.filter((details) => details.open !== openAtFirst.has(details));
    const state = new URLSearchParams();
    const show = boxes.filter((box) => box.checked).map((box) => box.value);
    if (show.length > 0) state.set('show', show.join());
    if (find?.value) state.set('find', find.value);
    if (sort && sort.value !== 'worst') state.set('sort', sort.value);
    if (toggled.length > 0) state.set('toggled', toggled.map(({ id }) => id).join());
    const text = state.toString().replaceAll('%2C', ',');
    return `#${anchor}${text && `&${text}`}`;
  }

  function keep() {
    const hash = hashWith(read().anchor);
    if (hash === (location.hash || '#')) return;
    // A page inside a sandboxed frame may not change its address.
    try {
      history.replaceState(null, '', hash);
    } catch {}
  }

  function filter() {
    const show = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const text = find.value.trim().toLowerCase();
    const visible = new Set();
    for (const cell of cells) {
      const name = cell.querySelector('h3').textContent.toLowerCase();
      cell.hidden = (show.size > 0 && !show.has(cell.dataset.verdict)) || !name.includes(text);
      if (!cell.hidden) visible.add(cell.dataset.cell);
    }
    for (const group of all('tbody[data-cell]')) group.hidden = !visible.has(group.dataset.cell);
    shown.value = visible.size === cells.length ? '' : `${visible.size} of ${cells.length} cells`;
  }

  function order() {
    const key = sort.value === 'matrix' ? 'cell' : 'rank';
    list.append(...[...cells].sort((a, b) => a.dataset[key] - b.dataset[key]));
  }

  function goTo(anchor) {
    const target = anchor === '' ? null : document.getElementById(anchor);
    for (const cell of cells) cell.classList.toggle('here', cell.contains(target));
    if (target === null) return;
    const cell = target.closest('.cell');
    if (cell?.hidden) {
      for (const box of boxes) box.checked = false;
      find.value = '';
      filter();
    }
    for (let at = target.parentElement; at !== null; at = at.parentElement)
      if (at.localName === 'details') at.open = true;
    if (!target.hasAttribute('tabindex')) target.tabIndex = -1;
    target.focus({ preventScroll: true });
    target.scrollIntoView();
  }

  function restore() {
    const { anchor, state } = read();
    const toggled = listed(state, 'toggled');
    for (const details of foldable)
      details.open = openAtFirst.has(details) !== toggled.has(details.id);
    if (controls !== null) {
      const show = listed(state, 'show');
      for (const box of boxes) box.checked = show.has(box.value);
      find.value = state.get('find') ?? '';
      sort.value = state.get('sort') === 'matrix' ? 'matrix' : 'worst';
      order();
      filter();
    }
    goTo(anchor);
  }

  if (controls !== null) {
    controls.hidden = false;
    const filtered = () => {
      filter();
      keep();
    };
    for (const box of boxes) box.addEventListener('change', filtered);
    find.addEventListener('input', filtered);
    sort.addEventListener('change', () => {
      order();
      keep();
    });
    const openAll = (open) => () => {
      for (const cell of cells) if (!open || !cell.hidden) cell.open = open;
    };
    document.getElementById('open-all').addEventListener('click', openAll(true));
    document.getElementById('close-all').addEventListener('click', openAll(false));
  }
  for (const details of foldable) details.addEventListener('toggle', keep);
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const hash = hashWith(link.getAttribute('href').slice(1));
    if (hash === location.hash) goTo(read().anchor);
    else location.hash = hash;
  });
  addEventListener('hashchange', restore);
  if (location.hash !== '') restore();
})();
