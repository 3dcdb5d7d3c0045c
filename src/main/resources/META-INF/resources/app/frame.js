/** The frame around every page. */
import { html, nothing } from './vendor/lit.js';
import { Element } from './element.js';
import { icon } from './icons.js';
import { me, onSession, resume, signOut } from './session.js';
import * as stream from './live.js';
import { choose, onChoice, theme, zone } from './settings.js';
import { current, to } from './route.js';
import { dialog } from './parts.js';
import { count, frame as words, keys, pages, product, roles, search } from './strings.js';
import './signin.js';
import './overview.js';
import './deadletters.js';
import './files.js';
import './file.js';
import './drop.js';
import './activity.js';
import './search.js';

const JUMPS = { o: 'overview', l: 'dead-letters', f: 'files', d: 'drop', a: 'activity' };

class Console extends Element {
  constructor() {
    super();
    this.ready = false;
    /** @type {'' | 'search' | 'keys'} */
    this.open = '';
    this.went = false;
    this.shown = '';
  }

  connectedCallback() {
    super.connectedCallback();
    const update = () => this.requestUpdate();
    addEventListener('hashchange', update);
    addEventListener('keydown', (e) => this.key(e));
    stream.onLive(update);
    onChoice(update);
    onSession(() => {
      if (me()) stream.start();
      else stream.stop();
      update();
    });
    void resume().catch(() => {}).then(() => {
      this.ready = true;
      update();
    });
  }

  /** @param {KeyboardEvent} e */
  key(e) {
    const target = /** @type {HTMLElement} */ (e.target);
    if (!me() || e.ctrlKey || e.metaKey || e.altKey || target.closest('input, select, textarea, dialog')) return;
    const jump = this.went && JUMPS[/** @type {keyof typeof JUMPS} */ (e.key)];
    this.went = e.key === 'g';
    if (jump) location.hash = to(jump);
    else if (e.key === '/') this.show('search');
    else if (e.key === '?') this.show('keys');
    else if (e.key === 'p') stream.togglePause();
    else return;
    e.preventDefault();
  }

  /** @param {'' | 'search' | 'keys'} open */
  show(open) {
    this.open = open;
    this.requestUpdate();
  }

  /** Another page begins at its top, and says so; the same page stays as it is. */
  updated() {
    const { page, id } = current();
    const dead = stream.latest()?.deadLetters?.open;
    document.title = `${dead ? `(${count(dead)}) ` : ''}${pages[page] ?? product} · ${product}`;
    if (this.shown && this.shown !== page + id && me()) {
      scrollTo(0, 0);
      this.querySelector('main')?.focus({ preventScroll: true });
    }
    this.shown = page + id;
  }

  page() {
    const { page, id } = current();
    switch (page) {
      case 'overview': return html`<winnow-overview></winnow-overview>`;
      case 'dead-letters': return html`<winnow-dead-letters></winnow-dead-letters>`;
      case 'files': return id ? html`<winnow-file .fileId=${id}></winnow-file>` : html`<winnow-files></winnow-files>`;
      case 'drop': return html`<winnow-drop></winnow-drop>`;
      case 'activity': return html`<winnow-activity></winnow-activity>`;
      default: return html`<div><h1>${words.noPage}</h1><p><a href="#/">${words.toOverview}</a></p></div>`;
    }
  }

  live() {
    const { state, seconds } = stream.state();
    const said = state === 'stale' ? words.stale(seconds) : words[state];
    return html`<button type="button" class="live ${state}" aria-pressed=${state === 'paused' ? 'true' : 'false'} title=${state === 'paused' ? words.goOn : words.pause} @click=${() => stream.togglePause()}>
      ${state === 'live' ? html`<span class="dot"></span>` : icon(state === 'paused' ? 'pause' : state === 'stale' ? 'warn' : 'wait')}${said}</button>`;
  }

  menu() {
    const user = me();
    return html`<details class="menu"><summary>${icon('menu')}<span class="sr">${words.menu}</span><span class="who">${user?.name}</span></summary><div class="sheet">
      <p><strong>${user?.name}</strong> <span class="state calm">${icon(user?.role === 'operator' ? 'ok' : 'lock')}${roles[user?.role ?? '']}</span></p>
      <fieldset><legend>${words.times}</legend>${[['local', words.local], ['utc', words.utc]].map(([code, label]) => html`<label><input type="radio" name="zone" .checked=${zone() === code} @change=${() => choose({ zone: /** @type {any} */ (code) })}>${label}</label>`)}</fieldset>
      <fieldset><legend>${words.theme}</legend>${[['auto', words.system], ['light', words.light], ['dark', words.dark]].map(([code, label]) => html`<label><input type="radio" name="theme" .checked=${theme() === code} @change=${() => choose({ theme: /** @type {any} */ (code) })}>${label}</label>`)}</fieldset>
      <button type="button" @click=${() => this.show('keys')}>${words.keys} <kbd>?</kbd></button>
      <button type="button" @click=${signOut}>${words.signOut}</button>
      <p class="small muted">${words.about(user?.version, user?.bucket)}</p></div></details>`;
  }

  render() {
    if (!this.ready) return nothing;
    if (!me()) return html`<winnow-signin></winnow-signin>`;
    const { page } = current();
    const dead = stream.latest()?.deadLetters?.open ?? 0;
    return html`<a class="skip" href="#main" @click=${(/** @type {Event} */ e) => { e.preventDefault(); this.querySelector('main')?.focus(); }}>${words.skip}</a>
      <header class="frame"><a class="brand" href="#/"><img src="/app/icon.svg" alt="" width="24" height="24">${product}</a>
        <nav aria-label=${words.pages}>${Object.entries(pages).map(([code, label]) => html`<a href=${to(code)} aria-current=${page === code ? 'page' : 'false'}>${label}${code === 'dead-letters' && dead ? html` <span class="badge">${count(dead)}<span class="sr">${words.open}</span></span>` : nothing}</a>`)}</nav>
        <div class="tools"><button type="button" class="bare" title=${search.title} @click=${() => this.show('search')}>${icon('search')}<span class="sr">${search.title}</span><kbd aria-hidden="true">/</kbd></button>${this.live()}${this.menu()}</div></header>
      <main id="main" tabindex="-1">${this.page()}</main>
      ${this.open === 'search' ? html`<winnow-search .close=${() => this.show('')}></winnow-search>` : nothing}
      ${this.open === 'keys' ? dialog(words.keys, html`<dl class="keys">${[...Object.entries(keys), ...Object.entries(JUMPS).map(([key, to]) => [`g ${key}`, pages[to]])].map(([key, meaning]) => html`<dt><kbd>${key}</kbd></dt><dd>${meaning}</dd>`)}</dl>`, () => this.show('')) : nothing}`;
  }
}
customElements.define('winnow-console', Console);
