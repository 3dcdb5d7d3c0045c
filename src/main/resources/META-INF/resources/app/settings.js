/** What this browser's user has chosen: kept in the browser, sent to nobody. */

/** @type {Set<() => void>} */
const listeners = new Set();

const chosen = {
  /** @type {'local' | 'utc'} */
  zone: localStorage.getItem('winnow.zone') === 'utc' ? 'utc' : 'local',
  /** @type {'auto' | 'light' | 'dark'} */
  theme: /** @type {'auto'} */ (localStorage.getItem('winnow.theme') ?? 'auto'),
};

function apply() {
  if (chosen.theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen.theme;
}

apply();

export const zone = () => chosen.zone;
export const theme = () => chosen.theme;

/** @param {{ zone?: 'local' | 'utc', theme?: 'auto' | 'light' | 'dark' }} changes */
export function choose(changes) {
  Object.assign(chosen, changes);
  localStorage.setItem('winnow.zone', chosen.zone);
  localStorage.setItem('winnow.theme', chosen.theme);
  apply();
  for (const heard of listeners) heard();
}

/** @param {() => void} heard */
export function onChoice(heard) {
  listeners.add(heard);
  return () => listeners.delete(heard);
}
