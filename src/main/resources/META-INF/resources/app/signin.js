/** The page of somebody who is not signed in. */
import { html, nothing } from './vendor/lit.js';
import { Element } from './element.js';
import { notice } from './parts.js';
import { basic, signIn, Refusal } from './session.js';
import { product, signIn as words } from './strings.js';

class SignIn extends Element {
  static properties = { error: { state: true }, busy: { state: true }, token: { state: true } };

  constructor() {
    super();
    this.error = '';
    this.busy = false;
    this.token = false;
  }

  /** @param {SubmitEvent} e */
  async submit(e) {
    e.preventDefault();
    const given = new FormData(/** @type {HTMLFormElement} */ (e.target));
    const of = (/** @type {string} */ name) => String(given.get(name) ?? '');
    this.busy = true;
    this.error = '';
    try {
      await signIn(this.token ? `Bearer ${of('token').trim()}` : basic(of('name'), of('password')));
    } catch (error) {
      this.error = this.told(error);
      this.busy = false;
      await this.updateComplete;
      this.querySelector('input')?.focus();
    }
  }

  /** @param {unknown} error */
  told(error) {
    if (!(error instanceof Refusal)) return String(error);
    if (error.status === 401) return this.token ? words.wrongToken : words.wrongName;
    if (error.status === 403) return words.noRole;
    return error.message;
  }

  render() {
    return html`<main class="signin" id="main">
      <form class="panel" @submit=${this.submit}>
        <h1><img src="/app/icon.svg" alt="" width="32" height="32">${product}</h1>
        <p class="muted">${words.lead}</p>
        ${this.error ? notice('bad', this.error) : nothing}
        ${this.token
          ? html`<label>${words.token}<input name="token" type="password" required autocomplete="off" autofocus></label>`
          : html`<label>${words.name}<input name="name" required autocomplete="username" autocapitalize="none" spellcheck="false" autofocus></label>
            <label>${words.password}<input name="password" type="password" required autocomplete="current-password"></label>`}
        <button class="main" ?disabled=${this.busy}>${this.busy ? words.signingIn : words.signIn}</button>
        <button type="button" class="link" @click=${() => { this.token = !this.token; this.error = ''; }}>
          ${this.token ? words.useName : words.useToken}</button>
        <p class="small muted">${words.kept}</p>
      </form>
    </main>`;
  }
}
customElements.define('winnow-signin', SignIn);
