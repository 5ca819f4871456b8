import { html } from 'lit';
import '@vaadin/password-field';
import '@vaadin/text-area';
import { copy } from '../parts/copy.js';
import { icon } from '../parts/icons.js';
import { View } from '../parts/view.js';
import { t } from '../words/words.js';

/**
 * A secret that is written and never read: when one is stored it can be kept or replaced. Tells secret-changed with
 * { value, replacing }.
 */
class SecretField extends View {
  static properties = {
    field: {},
    label: {},
    help: {},
    fault: {},
    value: {},
    stored: { type: Boolean },
    replacing: { type: Boolean },
    lines: { type: Boolean },
    generate: { attribute: false },
    fresh: { state: true },
  };

  render() {
    if (this.stored && !this.replacing) {
      return html`<div class="kept" role="group" aria-label=${this.label}>
        <span class="label">${this.label}</span>
        <span class="masked">${icon('check')}${t('form.secretSet')}</span>
        <button type="button" class="small" @click=${() => this.tell('', true)}>${t('form.replace')}</button>
        ${this.fault ? html`<p class="fault">${this.fault}</p>` : ''}
      </div>`;
    }
    return html`<div class="secret">
      ${this.lines ? this.area() : this.line()}
      <div class="beside">
        ${this.generate
          ? html`<button type="button" class="small" @click=${this.make}>${icon('refresh')}${t('form.generate')}</button>`
          : ''}
        ${this.value && this.fresh === this.value
          ? html`<button type="button" class="small" @click=${() => copy(this.value)}>${icon('copy')}${t('common.copy')}</button>`
          : ''}
        ${this.stored
          ? html`<button type="button" class="small quiet" @click=${() => this.tell('', false)}>${t('form.keep')}</button>`
          : ''}
      </div>
      ${this.value && this.fresh === this.value ? html`<p class="hint" role="status">${t('form.generated')}</p>` : ''}
    </div>`;
  }

  line() {
    return html`<vaadin-password-field
      data-field=${this.field}
      manual-validation
      required
      autocomplete="new-password"
      label=${this.label}
      helper-text=${this.help}
      .value=${this.value}
      .invalid=${Boolean(this.fault)}
      .errorMessage=${this.fault}
      @input=${(e) => this.tell(e.target.value, this.replacing)}
    ></vaadin-password-field>`;
  }

  area() {
    return html`<vaadin-text-area
      data-field=${this.field}
      class="code"
      manual-validation
      required
      autocomplete="off"
      label=${this.label}
      helper-text=${this.help}
      placeholder="-----BEGIN PRIVATE KEY-----"
      min-rows="5"
      .value=${this.value}
      .invalid=${Boolean(this.fault)}
      .errorMessage=${this.fault}
      @input=${(e) => this.tell(e.target.value, this.replacing)}
    ></vaadin-text-area>`;
  }

  make() {
    this.fresh = this.generate();
    this.tell(this.fresh, this.replacing);
  }

  tell(value, replacing) {
    this.dispatchEvent(new CustomEvent('secret-changed', { detail: { value, replacing } }));
  }
}

customElements.define('secret-field', SecretField);
