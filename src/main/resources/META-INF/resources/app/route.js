/**
 * The URL's fragment as the one place of all that is chosen: `#/dead-letters?reason=exhausted`. It works behind any
 * server and any prefix, and a link to it can be sent to somebody else.
 *
 * @typedef {{ page: string, id: string, query: URLSearchParams }} Route
 */

/** @returns {Route} */
export function current() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?', 2);
  const [page = '', id = ''] = path.split('/');
  return { page: page || 'overview', id: decodeURIComponent(id), query: new URLSearchParams(query) };
}

/**
 * A link to a page, without what is empty.
 * @param {string} page
 * @param {Record<string, string | undefined>} [query]
 * @param {string} [id]
 */
export function to(page, query = {}, id = '') {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) given.set(name, value);
  const path = page === 'overview' ? '' : page;
  return `#/${path}${id && '/' + encodeURIComponent(id)}${given.size ? '?' + given : ''}`;
}

/**
 * The same page with some of its query changed; what is empty goes.
 * @param {Record<string, string | undefined>} changes
 */
export function change(changes) {
  const { page, id, query } = current();
  history.replaceState(null, '', to(page, { ...Object.fromEntries(query), ...changes }, id));
  dispatchEvent(new HashChangeEvent('hashchange'));
}
