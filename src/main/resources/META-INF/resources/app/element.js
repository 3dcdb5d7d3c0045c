/** What every element of the console is: drawn into the page itself, under the one style sheet. */
import { LitElement, html } from './vendor/lit.js';
import { icon } from './icons.js';
import { current } from './route.js';
import { onChoice } from './settings.js';
import { parts as words } from './strings.js';

export class Element extends LitElement {
  createRenderRoot() {
    return this;
  }
}

/** A page that loads something and says how that goes. */
export class Page extends Element {
  constructor() {
    super();
    /** @type {any} */
    this.data = undefined;
    /** @type {unknown} */
    this.error = undefined;
    this.busy = false;
    /** The URL that what is shown was asked for by. */
    this.asked = '';
    this.turn = 0;
    /** @type {(() => void)[]} */
    this.ends = [];
  }

  /** Refreshes now, and whenever the page's URL is another. @param {string} page */
  follow(page) {
    const route = () => {
      if (current().page === page && !current().id && this.asked !== location.hash) this.refresh();
    };
    addEventListener('hashchange', route);
    this.ends.push(() => removeEventListener('hashchange', route), onChoice(() => this.requestUpdate()));
    this.refresh();
  }

  refresh() {}

  disconnectedCallback() {
    super.disconnectedCallback();
    this.ends.forEach((end) => end());
    this.ends = [];
    this.turn += 1;
  }

  /**
   * Loads, and shows what was there before until it is done. Of two at once the later counts.
   * @param {() => Promise<any>} load
   */
  async load(load) {
    const turn = (this.turn += 1);
    this.busy = true;
    this.requestUpdate();
    try {
      const data = await load();
      if (turn !== this.turn) return;
      this.data = data;
      this.error = undefined;
    } catch (error) {
      if (turn !== this.turn) return;
      this.error = error;
    }
    this.busy = false;
    this.requestUpdate();
  }
}

/** A modal dialog: the browser keeps the focus in it and gives it back. */
class Dialog extends Element {
  static properties = { heading: {}, content: { attribute: false }, close: { attribute: false } };

  constructor() {
    super();
    this.heading = '';
    /** @type {unknown} */
    this.content = undefined;
    this.close = () => {};
  }

  updated() {
    const dialog = this.querySelector('dialog');
    if (dialog && !dialog.open) dialog.showModal();
  }

  render() {
    return html`<dialog aria-labelledby="dialog-heading" @cancel=${(/** @type {Event} */ e) => {
      e.preventDefault();
      this.close();
    }}>
      <header><h2 id="dialog-heading">${this.heading}</h2>
        <button type="button" class="bare" aria-label=${words.close} @click=${() => this.close()}>${icon('close')}</button></header>
      ${this.content}
    </dialog>`;
  }
}
customElements.define('winnow-dialog', Dialog);
