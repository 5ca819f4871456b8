import { html } from 'lit';
import { icon } from '../parts/icons.js';
import { View } from '../parts/view.js';
import { t } from '../words/words.js';
import { hasJustFinished, isAvailable, signIn } from './open-id.js';
import { token, useToken } from './tokens.js';

/** Where the server asks for a token: leads to the provider, or asks for one where none is known. Hears sign-in-needed. */
class SignIn extends View {
  static properties = { failure: { state: true } };

  #asked = (event) => this.ask(event.detail);

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('sign-in-needed', this.#asked);
  }

  disconnectedCallback() {
    window.removeEventListener('sign-in-needed', this.#asked);
    super.disconnectedCallback();
  }

  async ask(failure) {
    if (isAvailable && !failure && !hasJustFinished()) {
      await this.leave();
      return;
    }
    this.failure = failure || (token() ? t('token.refused') : '');
    await this.updateComplete;
    const dialog = this.querySelector('dialog');
    if (!dialog.open) {
      dialog.showModal();
    }
  }

  async leave() {
    try {
      await signIn();
    } catch (unreachable) {
      await this.ask(unreachable.message);
    }
  }

  render() {
    return html`<dialog class="box" aria-labelledby="token-title">
      <form method="dialog" @submit=${this.take}>
        <h2 id="token-title">${t(isAvailable ? 'token.signIn' : 'token.title')}</h2>
        ${this.failure ? html`<div class="notice bad">${icon('alert')}<p>${this.failure}</p></div>` : ''} ${isAvailable ? '' : this.field()}
        <div class="actions">
          <button type="button" @click=${() => this.querySelector('dialog').close()}>${t('common.cancel')}</button>
          <button class="primary">${t(isAvailable ? 'token.again' : 'token.use')}</button>
        </div>
      </form>
    </dialog>`;
  }

  field() {
    return html`<p>${t('token.body')}</p>
      <label class="plain"
        ><span>${t('token.label')}</span>
        <textarea name="token" rows="5" required spellcheck="false" autocomplete="off"></textarea>
      </label>`;
  }

  take(event) {
    if (isAvailable) {
      this.leave();
      return;
    }
    useToken(event.target.elements.token.value.trim());
    location.reload();
  }
}

customElements.define('sign-in', SignIn);
