import { html } from 'lit';
import '@vaadin/text-area';
import { icon } from '../parts/icons.js';
import { said, t } from '../words/words.js';
import { FormSection } from './form-section.js';
import './secret-field.js';

/** Whom the webhook's connections believe besides the usual authorities, and what they show of themselves. */
class TlsSection extends FormSection {
  render() {
    const { tls } = this.draft;
    const open = tls.caCertificates !== '' || tls.clientCertificate !== '' || Object.keys(this.faults).some((field) => field.startsWith('tls.'));
    return html`<section class="card" aria-labelledby="tls">
      <h2 id="tls">${t('form.tls')}</h2>
      <p class="lead">${t('form.tlsHelp')}</p>
      ${tls.warning ? html`<div class="notice warn">${icon('alert')}<p>${said(tls.warning)}</p></div>` : ''}
      <details ?open=${open || this.opened} @toggle=${(e) => (this.opened = e.target.open)}>
        <summary>${t('form.tlsOpen')}</summary>
        ${this.pem('caCertificates', t('form.caCertificates'), t('form.caCertificatesHelp'))}
        ${this.pem('clientCertificate', t('form.clientCertificate'), t('form.clientCertificateHelp'))}
        ${tls.clientCertificate.trim() === '' ? '' : this.key(tls)}
      </details>
    </section>`;
  }

  key(tls) {
    return html`<secret-field
      .field=${'tls.clientKey'}
      .label=${t('form.clientKey')}
      .help=${t('form.privateKeyHelp')}
      .fault=${this.fault('tls.clientKey')}
      .value=${tls.clientKey}
      .lines=${true}
      .stored=${tls.keyStored}
      .replacing=${tls.replacing}
      @secret-changed=${(e) => this.change(tls, { clientKey: e.detail.value, replacing: e.detail.replacing }, 'tls.clientKey')}
    ></secret-field>`;
  }

  pem(name, label, help) {
    const { tls } = this.draft;
    const field = `tls.${name}`;
    return html`<vaadin-text-area
      data-field=${field}
      class="code"
      manual-validation
      autocomplete="off"
      label=${label}
      helper-text=${help}
      placeholder="-----BEGIN CERTIFICATE-----"
      min-rows="4"
      max-rows="12"
      .value=${tls[name]}
      .invalid=${this.fault(field) !== ''}
      .errorMessage=${this.fault(field)}
      @input=${(e) => this.change(tls, { [name]: e.target.value }, field)}
    ></vaadin-text-area>`;
  }
}

customElements.define('tls-section', TlsSection);
