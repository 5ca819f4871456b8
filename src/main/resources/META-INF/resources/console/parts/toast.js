import { html } from 'lit';
import { icon } from './icons.js';
import { View } from './view.js';

const SHOWN_MILLIS = 6000;

/** Says briefly that something was done. Read out by screen readers, takes no focus. */
export function toast(text, kind = 'good') {
  window.dispatchEvent(new CustomEvent('toast', { detail: { text, kind } }));
}

class ToastRegion extends View {
  static properties = { toasts: { state: true } };

  constructor() {
    super();
    this.toasts = [];
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('toast', (event) => {
      const one = event.detail;
      this.toasts = [...this.toasts, one];
      setTimeout(() => (this.toasts = this.toasts.filter((other) => other !== one)), SHOWN_MILLIS);
    });
  }

  render() {
    return html`<div class="toasts" role="status">
      ${this.toasts.map((one) => html`<div class="toast ${one.kind}">${icon(one.kind === 'good' ? 'check' : 'alert')}${one.text}</div>`)}
    </div>`;
  }
}

customElements.define('toast-region', ToastRegion);
