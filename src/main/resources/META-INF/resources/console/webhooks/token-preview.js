import { html } from 'lit';
import { View } from '../parts/view.js';
import { t } from '../words/words.js';
import { claimsFault } from './webhook-draft.js';

/** What a receiver will find in a token that is minted now. */
class TokenPreview extends View {
  static properties = { auth: { attribute: false }, text: {} };

  render() {
    const { auth } = this;
    const kid = auth.keySource === 'generated' ? 'V1tQ3vBq…' : auth.keyId;
    const header = { ...(kid ? { kid } : {}), typ: 'JWT', alg: auth.algorithm };
    return html`<div class="preview" role="group" aria-label=${t('form.preview')}>
      <h3>${t('form.preview')}</h3>
      <h4>${t('form.previewHeader')}</h4>
      <pre tabindex="0">${JSON.stringify(header, null, 2)}</pre>
      <h4>${t('form.previewClaims')}</h4>
      <pre tabindex="0">${this.claims()}</pre>
      <h4>${t('form.previewSent')}</h4>
      <pre tabindex="0">${auth.headerName}: ${auth.prefix}eyJ…</pre>
    </div>`;
  }

  claims() {
    if (claimsFault(this.auth.claims)) {
      return '…';
    }
    const iat = Math.floor(Date.now() / 1000);
    const own = JSON.parse(this.auth.claims.trim() === '' ? '{}' : this.auth.claims);
    const exp = iat + (Number(this.auth.ttlSeconds) || 0);
    const hash = this.auth.bodyHashClaim.trim() === '' ? {} : { [this.auth.bodyHashClaim.trim()]: 'q2Vn7…' };
    return JSON.stringify({ ...own, ...hash, iat, exp, jti: '0f5c6c0e-…' }, null, 2);
  }
}

customElements.define('token-preview', TokenPreview);
