import { html } from 'lit';
import '@vaadin/radio-group';
import '@vaadin/select';
import '@vaadin/text-field';
import { t } from '../words/words.js';
import { choice } from './choice.js';
import { FormSection } from './form-section.js';
import { ALGORITHMS, hasKey, isShared, leastBytes, PAIR_ALGORITHMS, randomSecret } from './webhook-draft.js';
import './claims-editor.js';
import './credentials-fields.js';
import './key-pair-fields.js';
import './secret-field.js';
import './signing-fields.js';
import './token-preview.js';

/** Authentication: none, credentials, or a token with its key and claims; and whether the body is signed. */
class AuthenticationSection extends FormSection {
  render() {
    const { auth } = this.draft;
    return html`<section class="card" aria-labelledby="authentication">
      <h2 id="authentication">${t('form.auth')}</h2>
      <p class="lead">${t('form.authHelp')}</p>
      <vaadin-radio-group
        data-field="authentication.type"
        manual-validation
        theme="vertical"
        accessible-name-ref="authentication"
        .value=${auth.type}
        @value-changed=${(e) => this.chooseType(auth, e.detail.value)}
      >
        ${choice('none', t('auth.none'), t('form.noneHelp'))} ${choice('jwt', t('auth.jwt'), t('form.jwtHelp'))}
        ${choice('oauth2', t('auth.oauth2'), t('form.oauth2Help'))} ${choice('basic', t('auth.basic'), t('form.basicAuthHelp'))}
      </vaadin-radio-group>
      ${auth.type === 'jwt' ? this.token(auth) : ''}
      ${auth.type === 'basic' || auth.type === 'oauth2' ? html`<credentials-fields .draft=${this.draft} .faults=${this.faults}></credentials-fields>` : ''}
      <signing-fields .draft=${this.draft} .faults=${this.faults}></signing-fields>
    </section>`;
  }

  /** A secret that was typed for one kind is not sent as another's. */
  chooseType(auth, type) {
    if (type && type !== auth.type) {
      this.change(auth, { type, key: '', replacing: false });
    }
  }

  chooseSource(auth, keySource) {
    if (keySource && keySource !== auth.keySource) {
      const algorithm = keySource === 'generated' && isShared(auth.algorithm) ? 'ES256' : auth.algorithm;
      this.change(auth, { keySource, algorithm, key: '', replacing: false }, 'authentication.secret', 'authentication.privateKey');
    }
  }

  choose(part, name, value, ...fields) {
    if (value && value !== part[name]) {
      this.change(part, { [name]: value }, ...fields);
    }
  }

  token(auth) {
    const generated = auth.keySource === 'generated';
    return html`<div class="token">
      <div>
        <vaadin-select
          data-field="authentication.keySource"
          manual-validation
          label=${t('form.keySource')}
          helper-text=${t('form.keySourceHelp')}
          .items=${['given', 'generated'].map((value) => ({ label: t(`form.keySource.${value}`), value }))}
          .value=${auth.keySource}
          @value-changed=${(e) => this.chooseSource(auth, e.detail.value)}
        ></vaadin-select>
        <vaadin-select
          data-field="authentication.algorithm"
          manual-validation
          label=${t('form.algorithm')}
          helper-text=${t('form.algorithmHelp')}
          .items=${(generated ? PAIR_ALGORITHMS : ALGORITHMS).map((name) => ({ label: name, value: name }))}
          .value=${auth.algorithm}
          @value-changed=${(e) => this.choose(auth, 'algorithm', e.detail.value, 'authentication.secret', 'authentication.privateKey')}
        ></vaadin-select>
        ${generated ? html`<key-pair-fields .draft=${this.draft} .faults=${this.faults}></key-pair-fields>` : this.key(auth)}
        <claims-editor
          .value=${auth.claims}
          .fault=${this.fault('authentication.claims')}
          @claims-changed=${(e) => this.change(auth, { claims: e.detail }, 'authentication.claims')}
        ></claims-editor>
        ${this.details(auth)}
      </div>
      <token-preview .auth=${auth} .text=${JSON.stringify(auth)}></token-preview>
    </div>`;
  }

  key(auth) {
    const shared = isShared(auth.algorithm);
    const field = shared ? 'authentication.secret' : 'authentication.privateKey';
    return html`<secret-field
      .field=${field}
      .label=${t(shared ? 'form.secret' : 'form.privateKey')}
      .help=${shared ? t('form.secretHelp', { bytes: leastBytes(auth.algorithm), algorithm: auth.algorithm }) : t('form.privateKeyHelp')}
      .fault=${this.fault(field)}
      .value=${auth.key}
      .lines=${!shared}
      .stored=${hasKey(auth)}
      .replacing=${auth.replacing}
      .generate=${shared ? () => randomSecret(Math.max(leastBytes(auth.algorithm), 32)) : null}
      @secret-changed=${(e) => this.change(auth, { key: e.detail.value, replacing: e.detail.replacing }, field)}
    ></secret-field>`;
  }

  details(auth) {
    const bad = ['ttlSeconds', 'keyId', 'headerName', 'prefix', 'bodyHashClaim'].some((name) => this.fault(`authentication.${name}`));
    return html`<details ?open=${bad || this.open} @toggle=${(e) => (this.open = e.target.open)}>
      <summary>${t('form.advanced')}</summary>
      <div class="pair">
        ${this.text(auth, 'ttlSeconds', 'form.ttl', 'form.ttlHelp')} ${auth.keySource === 'generated' ? '' : this.text(auth, 'keyId', 'form.keyId', 'form.keyIdHelp')}
        ${this.text(auth, 'headerName', 'form.headerName')} ${this.text(auth, 'prefix', 'form.prefix', 'form.prefixHelp')}
        ${this.text(auth, 'bodyHashClaim', 'form.bodyHash', 'form.bodyHashHelp')}
      </div>
    </details>`;
  }

  text(auth, name, label, help) {
    const field = `authentication.${name}`;
    return html`<vaadin-text-field
      data-field=${field}
      manual-validation
      autocomplete="off"
      label=${t(label)}
      helper-text=${help ? t(help) : ''}
      .value=${auth[name]}
      .invalid=${this.fault(field) !== ''}
      .errorMessage=${this.fault(field)}
      @input=${(e) => this.change(auth, { [name]: e.target.value }, field)}
    ></vaadin-text-field>`;
  }
}

customElements.define('authentication-section', AuthenticationSection);
