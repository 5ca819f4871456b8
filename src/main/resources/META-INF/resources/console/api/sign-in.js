import { html } from 'lit';
import { View } from '../parts/view.js';
import { t } from '../words/words.js';
import { token, useToken } from './client.js';

/** Asks for a bearer token where the server does; screens announce that with the event sign-in-needed. */
class SignIn extends View {
  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('sign-in-needed', () => this.ask());
  }

  ask() {
    const dialog = this.querySelector('dialog');
    if (!dialog.open) {
      dialog.showModal();
    }
  }

  render() {
    return html`<dialog class="box" aria-labelledby="token-title">
      <form method="dialog" @submit=${this.take}>
        <h2 id="token-title">${t('token.title')}</h2>
        <p>${t('token.body')}</p>
        <label class="plain"
          ><span>${t('token.label')}</span>
          <textarea name="token" rows="5" required spellcheck="false" autocomplete="off"></textarea>
        </label>
        <div class="actions">
          <button type="button" @click=${() => this.querySelector('dialog').close()}>${t('common.cancel')}</button>
          ${token() ? html`<button type="button" @click=${this.forget}>${t('token.forget')}</button>` : ''}
          <button class="primary">${t('token.use')}</button>
        </div>
      </form>
    </dialog>`;
  }

  take(event) {
    useToken(event.target.elements.token.value.trim());
    location.reload();
  }

  forget() {
    useToken(null);
    location.reload();
  }
}

customElements.define('sign-in', SignIn);
