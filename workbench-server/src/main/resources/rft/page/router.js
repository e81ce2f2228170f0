/** Addresses of the page. Every view has one, so that it can be sent to somebody. */

/** Goes to an address of this page; `replace` leaves no trace in the history. */
export function go(path, { replace = false } = {}) {
  history[replace ? 'replaceState' : 'pushState'](null, '', path);
  dispatchEvent(new Event('rft-route'));
}

/** Changes parameters of the address without a new entry in the history; null removes one. */
export function setQuery(changes, { push = false } = {}) {
  const query = new URLSearchParams(location.search);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null || value === undefined || value === '') query.delete(key);
    else query.set(key, value);
  }
  const text = query.toString();
  const path = location.pathname + (text ? `?${text}` : '');
  if (path !== location.pathname + location.search) {
    history[push ? 'pushState' : 'replaceState'](null, '', path);
    dispatchEvent(new CustomEvent('rft-query'));
  }
}

export const query = () => new URLSearchParams(location.search);

addEventListener('popstate', () => dispatchEvent(new Event('rft-route')));

document.addEventListener('click', (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
  if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
  if (link.pathname.startsWith('/api/') || link.hash && link.pathname === location.pathname) return;
  event.preventDefault();
  go(link.pathname + link.search);
});
