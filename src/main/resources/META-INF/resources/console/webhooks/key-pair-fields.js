import { html } from 'lit';
import '@vaadin/select';
import { moment } from '../parts/times.js';
import { t } from '../words/words.js';
import { FormSection } from './form-section.js';
import { changesPair, hasKey } from './webhook-draft.js';

const OVERLAPS = { 0: 'form.pairOverlapNone', 3600: 'form.pairOverlapHour', 86400: 'form.pairOverlapDay', 604800: 'form.pairOverlapWeek' };

/** A token's key pair that Tidings makes: where receivers find its public half, and how it is replaced. */
class KeyPairFields extends FormSection {
  render() {
    const { auth } = this.draft;
    if (!hasKey(auth)) {
      return html`<p class="hint">${t('form.pairNew')}</p>`;
    }
    return html`<div class="kept">
        <span class="label">${t('form.keySet')}</span>
        <code>${location.origin}${auth.keySet}</code>
        <button type="button" class="small" aria-pressed=${auth.replacing} @click=${() => this.change(auth, { replacing: !auth.replacing })}>
          ${t(auth.replacing ? 'form.keep' : 'form.rotate')}
        </button>
      </div>
      ${changesPair(auth) ? this.overlap(auth) : ''}
      ${auth.signsFrom ? html`<p class="hint">${t('form.pairSignsFrom', { time: moment(auth.signsFrom) })}</p>` : ''}
      ${auth.overlapUntil ? html`<p class="hint">${t('form.pairOverlapUntil', { time: moment(auth.overlapUntil) })}</p>` : ''}`;
  }

  overlap(auth) {
    return html`<vaadin-select
      data-field="authentication.overlapSeconds"
      manual-validation
      label=${t('form.overlap')}
      helper-text=${t('form.pairOverlapHelp')}
      .items=${Object.entries(OVERLAPS).map(([value, key]) => ({ label: t(key), value }))}
      .value=${auth.overlap}
      @value-changed=${(e) => e.detail.value && e.detail.value !== auth.overlap && this.change(auth, { overlap: e.detail.value })}
    ></vaadin-select>`;
  }
}

customElements.define('key-pair-fields', KeyPairFields);
