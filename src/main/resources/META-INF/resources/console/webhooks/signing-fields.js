import { html } from 'lit';
import '@vaadin/select';
import { moment } from '../parts/times.js';
import { t } from '../words/words.js';
import { FormSection } from './form-section.js';
import './secret-field.js';
import { changesKey, randomSecret } from './webhook-draft.js';

const OVERLAPS = { 0: 'form.overlapNone', 3600: 'form.overlapHour', 86400: 'form.overlapDay', 604800: 'form.overlapWeek' };

/** Whether the body is signed, with what, and how long a key that is replaced goes on signing. */
class SigningFields extends FormSection {
  render() {
    const { signing } = this.draft;
    return html`<div class="signing">
      ${this.choice('type', t('form.signing'), t('form.signingHelp'), {
        none: t('webhook.signingNone'),
        'hmac-sha256': t('webhook.signingHmac'),
        ed25519: t('webhook.signingEd25519'),
      })}
      ${signing.type === 'hmac-sha256' ? this.secret(signing) : ''} ${signing.type === 'ed25519' ? this.pair(signing) : ''}
      ${changesKey(signing) ? this.overlap() : ''}
      ${signing.overlapUntil ? html`<p class="hint">${t('form.overlapUntil', { time: moment(signing.overlapUntil) })}</p>` : ''}
    </div>`;
  }

  choice(name, label, help, words) {
    const { signing } = this.draft;
    return html`<vaadin-select
      data-field="signing.${name}"
      manual-validation
      label=${label}
      helper-text=${help}
      .items=${Object.entries(words).map(([value, text]) => ({ label: text, value }))}
      .value=${signing[name]}
      .invalid=${this.fault(`signing.${name}`) !== ''}
      .errorMessage=${this.fault(`signing.${name}`)}
      @value-changed=${(e) => e.detail.value !== signing[name] && this.change(signing, { [name]: e.detail.value }, `signing.${name}`, 'signing.secret')}
    ></vaadin-select>`;
  }

  secret(signing) {
    return html`<secret-field
      .field=${'signing.secret'}
      .label=${t('form.signingSecret')}
      .help=${t('form.signingSecretHelp')}
      .fault=${this.fault('signing.secret')}
      .value=${signing.secret}
      .stored=${signing.stored === 'hmac-sha256'}
      .replacing=${signing.replacing}
      .generate=${() => randomSecret(32, 'whsec_')}
      @secret-changed=${(e) => this.change(signing, { secret: e.detail.value, replacing: e.detail.replacing }, 'signing.secret')}
    ></secret-field>`;
  }

  /** Tidings makes the pair, so that the private half never leaves it. */
  pair(signing) {
    if (signing.stored !== 'ed25519') {
      return html`<p class="hint">${t('form.ed25519New')}</p>`;
    }
    return html`<div class="kept">
      <span class="label">${t('webhook.publicKey')}</span>
      <code>${signing.publicKey}</code>
      <button type="button" class="small" aria-pressed=${signing.replacing} @click=${() => this.change(signing, { replacing: !signing.replacing })}>
        ${t(signing.replacing ? 'form.keep' : 'form.rotate')}
      </button>
      ${signing.replacing ? html`<p class="hint">${t('form.ed25519Rotated')}</p>` : ''}
    </div>`;
  }

  overlap() {
    const words = Object.fromEntries(Object.entries(OVERLAPS).map(([seconds, key]) => [seconds, t(key)]));
    return this.choice('overlap', t('form.overlap'), t('form.overlapHelp'), words);
  }
}

customElements.define('signing-fields', SigningFields);
