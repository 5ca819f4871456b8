import { html } from 'lit';
import '@vaadin/text-area';
import { View } from '../parts/view.js';
import { t } from '../words/words.js';
import { claimsFault } from './webhook-draft.js';

/** The token's claims as JSON, checked while they are written. Tells claims-changed with the text. */
class ClaimsEditor extends View {
  static properties = { value: {}, fault: {} };

  render() {
    const live = claimsFault(this.value);
    const fault = live ? t(live.key, live.values) : this.fault;
    return html`<vaadin-text-area
      data-field="authentication.claims"
      class="code"
      manual-validation
      autocomplete="off"
      min-rows="4"
      label=${t('form.claims')}
      helper-text=${t('form.claimsHelp')}
      .value=${this.value}
      .invalid=${Boolean(fault)}
      .errorMessage=${fault}
      @input=${(e) => this.tell(e.target.value)}
      @blur=${this.format}
    ></vaadin-text-area>`;
  }

  format() {
    if (this.value.trim() !== '' && claimsFault(this.value) === null) {
      const text = JSON.stringify(JSON.parse(this.value), null, 2);
      if (text !== this.value) {
        this.tell(text);
      }
    }
  }

  tell(text) {
    this.dispatchEvent(new CustomEvent('claims-changed', { detail: text }));
  }
}

customElements.define('claims-editor', ClaimsEditor);
