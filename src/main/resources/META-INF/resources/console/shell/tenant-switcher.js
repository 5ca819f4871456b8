import { html } from 'lit';
import { icon } from '../parts/icons.js';
import { View } from '../parts/view.js';
import { t } from '../words/words.js';
import { go, href, place, recentTenants, tenant } from './router.js';

/** Shows whose data this is, and leads to another organization or sandbox, to the same screen there. */
class TenantSwitcher extends View {
  #moved = () => this.requestUpdate();

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('place-changed', this.#moved);
  }

  disconnectedCallback() {
    window.removeEventListener('place-changed', this.#moved);
    super.disconnectedCallback();
  }

  render() {
    const { imsOrg, sandbox } = tenant();
    return html`
      <button class="tenant" aria-haspopup="dialog" @click=${() => this.querySelector('dialog').showModal()}>
        <span class="sr-only">${t('tenant.label')}: </span>
        <span class="org">${imsOrg}</span><span class="sandbox">${sandbox}</span>${icon('down')}
      </button>
      <dialog class="box" aria-labelledby="tenant-title">
        <form method="dialog" @submit=${this.take}>
          <h2 id="tenant-title">${t('tenant.title')}</h2>
          <p>${t('tenant.help')}</p>
          ${this.field('imsOrg', t('tenant.organization'), imsOrg)} ${this.field('sandbox', t('tenant.sandbox'), sandbox)}
          ${this.recent()}
          <div class="actions">
            <button type="button" @click=${this.close}>${t('common.cancel')}</button>
            <button class="primary">${t('tenant.switch')}</button>
          </div>
        </form>
      </dialog>
    `;
  }

  field(name, label, value) {
    return html`<label class="plain"
      ><span>${label}</span>
      <input name=${name} .value=${value} required maxlength="128" pattern="[!-~]([ -~]*[!-~])?" title=${t('tenant.ascii')} autocomplete="off" />
    </label>`;
  }

  recent() {
    return html`<h3>${t('tenant.recent')}</h3>
      <ul class="recent">
        ${recentTenants().map(
          (one) => html`<li>
            <button type="button" @click=${() => this.switchTo(one)}>${one.imsOrg}<span class="sandbox">${one.sandbox}</span></button>
          </li>`,
        )}
      </ul>`;
  }

  take(event) {
    const form = event.target.elements;
    this.switchTo({ imsOrg: form.imsOrg.value, sandbox: form.sandbox.value });
  }

  close() {
    this.querySelector('dialog').close();
  }

  /** The same screen, but not the same webhook or delivery: those belong to the tenant that is left. */
  switchTo(chosen) {
    this.close();
    const segments = place().segments ?? ['overview'];
    const screen = segments[0] === 'administration' ? segments.slice(0, 3) : segments.slice(0, 1);
    go(href(screen.join('/'), { of: chosen }));
  }
}

customElements.define('tenant-switcher', TenantSwitcher);
