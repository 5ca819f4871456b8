import { html } from 'lit';
import '@vaadin/select';
import '@vaadin/text-field';
import { t } from '../words/words.js';
import { FormSection } from './form-section.js';
import './secret-field.js';
import { hasKey } from './webhook-draft.js';

/** What basic and OAuth 2 authentication take: names, and a secret that is written and never read. */
class CredentialsFields extends FormSection {
  render() {
    const { auth } = this.draft;
    return html`<div class="credentials">${auth.type === 'basic' ? this.basic(auth) : this.oauth2(auth)}</div>`;
  }

  basic(auth) {
    return html`${this.text('username', t('form.username'), '', true)} ${this.secret(auth, 'password', t('form.password'))}`;
  }

  oauth2(auth) {
    return html`${this.text('tokenUrl', t('form.tokenUrl'), t('form.tokenUrlHelp'), true)}
      ${this.text('clientId', t('form.clientId'), '', true)}
      ${this.secret(auth, 'clientSecret', t('form.clientSecret'))}
      <vaadin-select
        data-field="authentication.clientAuthentication"
        manual-validation
        label=${t('form.clientAuthentication')}
        helper-text=${t('form.clientAuthenticationHelp')}
        .items=${['basic', 'body'].map((value) => ({ label: t(`form.clientAuthentication.${value}`), value }))}
        .value=${auth.clientAuthentication}
        @value-changed=${(e) => e.detail.value && e.detail.value !== auth.clientAuthentication && this.change(auth, { clientAuthentication: e.detail.value })}
      ></vaadin-select>
      ${this.text('scope', t('form.scope'), t('form.scopeHelp'), false)} ${this.text('audience', t('form.audience'), t('form.audienceHelp'), false)}`;
  }

  secret(auth, name, label) {
    const field = `authentication.${name}`;
    return html`<secret-field
      .field=${field}
      .label=${label}
      .help=${t('form.credentialHelp')}
      .fault=${this.fault(field)}
      .value=${auth.key}
      .stored=${hasKey(auth)}
      .replacing=${auth.replacing}
      @secret-changed=${(e) => this.change(auth, { key: e.detail.value, replacing: e.detail.replacing }, field)}
    ></secret-field>`;
  }

  text(name, label, help, required) {
    const { auth } = this.draft;
    const field = `authentication.${name}`;
    return html`<vaadin-text-field
      data-field=${field}
      manual-validation
      ?required=${required}
      autocomplete="off"
      label=${label}
      helper-text=${help}
      .value=${auth[name]}
      .invalid=${this.fault(field) !== ''}
      .errorMessage=${this.fault(field)}
      @input=${(e) => this.change(auth, { [name]: e.target.value }, field)}
    ></vaadin-text-field>`;
  }
}

customElements.define('credentials-fields', CredentialsFields);
