/** The page of somebody who is not signed in. */
import { html, nothing } from './vendor/lit.js';
import { Element } from './element.js';
import { icon } from './icons.js';
import { basic, signIn, Refusal } from './session.js';

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
      this.error = this.words(error);
      this.busy = false;
      await this.updateComplete;
      this.querySelector('input')?.focus();
    }
  }

  /** @param {unknown} error */
  words(error) {
    if (!(error instanceof Refusal)) return String(error);
    if (error.status === 401) return this.token ? 'This token is not valid, or no longer' : 'Name and password do not go together';
    if (error.status === 403) return 'You are known here, but have neither the role viewer nor operator';
    return error.message;
  }

  render() {
    return html`<main class="signin" id="main">
      <form class="panel" @submit=${this.submit}>
        <h1><img src="/app/icon.svg" alt="" width="32" height="32">Winnow</h1>
        <p class="muted">Sign in to see what the intake does.</p>
        ${this.error ? html`<p class="alert bad" role="alert">${icon('bad')}${this.error}</p>` : nothing}
        ${this.token
          ? html`<label>Access token<input name="token" type="password" required autocomplete="off" autofocus></label>`
          : html`<label>Name<input name="name" required autocomplete="username" autocapitalize="none" spellcheck="false" autofocus></label>
            <label>Password<input name="password" type="password" required autocomplete="current-password"></label>`}
        <button class="main" ?disabled=${this.busy}>${this.busy ? 'Signing in…' : 'Sign in'}</button>
        <button type="button" class="link" @click=${() => { this.token = !this.token; this.error = ''; }}>
          ${this.token ? 'Use a name and a password' : 'Use an access token'}</button>
        <p class="small muted">Kept in this tab alone, and gone when it closes.</p>
      </form>
    </main>`;
  }
}
customElements.define('winnow-signin', SignIn);
