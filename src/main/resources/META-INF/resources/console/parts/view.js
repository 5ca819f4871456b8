import { LitElement } from 'lit';

/** What all of the console's own elements share: styles from the page's sheets, and words that follow the language. */
export class View extends LitElement {
  #again = () => this.requestUpdate();

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('language-changed', this.#again);
  }

  disconnectedCallback() {
    window.removeEventListener('language-changed', this.#again);
    super.disconnectedCallback();
  }
}
