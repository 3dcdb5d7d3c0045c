/** The dialog that searches files by their key or id. */
import { html, nothing, repeat } from './vendor/lit.js';
import { Page } from './element.js';
import { call } from './session.js';
import { dialog, state } from './parts.js';
import { name } from './format.js';
import { search as words } from './strings.js';
import { to } from './route.js';

const PATIENCE = 250;

class Search extends Page {
  static properties = { close: { attribute: false } };

  constructor() {
    super();
    this.close = () => {};
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.text = '';
  }

  /** @param {string} text */
  typed(text) {
    this.text = text.trim();
    clearTimeout(this.timer);
    if (!this.text) {
      this.data = undefined;
      this.requestUpdate();
      return;
    }
    this.timer = setTimeout(() => this.load(() => call('/admin/search', { query: { key: this.text } })), PATIENCE);
  }

  firstUpdated() {
    void this.updateComplete.then(() => setTimeout(() => this.querySelector('input')?.focus()));
  }

  render() {
    const found = this.data;
    return dialog(words.title, html`
      <label>${words.label}<input type="search" autofocus autocomplete="off" spellcheck="false" @input=${(/** @type {any} */ e) => this.typed(e.target.value)}
        @keydown=${(/** @type {KeyboardEvent} */ e) => { if (e.key === 'Enter') this.querySelector('a')?.click(); }}></label>
      <p class="small muted" role="status">${this.error ? String(this.error) : this.busy ? words.busy : found ? words.found(found.hits.length, found.exact) : words.lead}</p>
      ${found?.hits.length ? html`<ul class="hits">${repeat(found.hits, (/** @type {any} */ it) => it.id, (it) => html`<li><a href=${to('files', {}, it.id)} @click=${() => this.close()}>${name(it.name)}</a> ${state(it.status)}<br><span class="small muted">${it.name}</span></li>`)}</ul>` : nothing}`,
      this.close);
  }
}
customElements.define('winnow-search', Search);
