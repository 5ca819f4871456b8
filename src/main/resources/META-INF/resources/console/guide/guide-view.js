import { html } from 'lit';
import { getWebhook } from '../api/webhooks.js';
import { codeBlock } from '../parts/code-block.js';
import { icon } from '../parts/icons.js';
import { LoadedView } from '../parts/loaded-view.js';
import { href, place, requery } from '../shell/router.js';
import { WEBHOOKS } from '../shell/routes.js';
import { t } from '../words/words.js';
import { checksOf, variablesOf } from './checks.js';
import { curl } from './curl.js';
import { go } from './go.js';
import { java } from './java.js';
import { node } from './node.js';
import { python } from './python.js';

const LANGUAGES = { node: ['Node', node], python: ['Python', python], java: ['Java', java], go: ['Go', go], curl: [null, curl] };

/** How to receive what the opened webhook sends, as code that runs. */
class GuideView extends LoadedView {
  static properties = { webhook: { state: true } };

  async load(signal) {
    this.webhook = (await getWebhook(this.params.id, signal)).body;
  }

  missing() {
    return { title: t('missing.title'), body: t('webhook.gone') };
  }

  get language() {
    const asked = place().query.get('language');
    return asked in LANGUAGES ? asked : 'node';
  }

  placeChanged() {
    this.requestUpdate();
  }

  ready() {
    const checks = checksOf(this.webhook);
    const [name, snippet] = LANGUAGES[this.language];
    return html`<div class="head">
        <div>
          <h1>${t('guide.heading', this.webhook)}</h1>
          <p>${t('guide.lead')}</p>
        </div>
        <div class="tools"><a class="button" href=${href(`${WEBHOOKS}/${this.webhook.id}`)}>${t('guide.back')}</a></div>
      </div>
      <div class="columns code">
        <section class="card" aria-label=${t('guide.title')}>
          <div class="tools tabs" role="group" aria-label=${t('guide.language')}>
            ${Object.entries(LANGUAGES).map(
              ([key, [label]]) =>
                html`<button class="tab" aria-pressed=${key === this.language} @click=${() => this.choose(key)}>${label ?? t('guide.curl')}</button>`,
            )}
          </div>
          ${codeBlock(snippet(checks, this.webhook), t('guide.code', { language: name ?? 'curl' }))}
        </section>
        <div>${this.checked(checks)} ${this.environment(checks)} ${this.rules()}</div>
      </div>`;
  }

  choose(language) {
    requery({ language });
    this.requestUpdate();
  }

  checked({ jwt, signed }) {
    return html`<section class="card">
      <h2>${t('guide.checks')}</h2>
      ${jwt || signed ? '' : html`<div class="notice warn">${icon('alert')}<p>${t('guide.checkNone')}</p></div>`}
      ${jwt || signed
        ? html`<ul>
            ${jwt ? html`<li>${t('guide.checkJwt', jwt)}</li>` : ''} ${signed ? html`<li>${t('guide.checkSigned')}</li>` : ''}
          </ul>`
        : ''}
      ${jwt && !signed ? html`<p class="hint">${t('guide.bodyNote')}</p>` : ''}
    </section>`;
  }

  environment(checks) {
    return html`<section class="card">
      <h2>${t('guide.environment')}</h2>
      <dl class="facts">
        ${[...variablesOf(checks, this.language), 'PORT'].map((name) => html`<div><dt><code>${name}</code></dt><dd>${t(`guide.${name}`)} ${this.value(name, checks)}</dd></div>`)}
      </dl>
    </section>`;
  }

  /** What belongs there, as far as it is no secret. */
  value(name, { jwt }) {
    const value = { SIGNING_PUBLIC_KEY: this.webhook.signing.publicKey, JWKS_URL: jwt?.keySet, JWT_PUBLIC_KEY: jwt?.keySet }[name];
    return value ? html`<code>${value}</code>` : '';
  }

  rules() {
    return html`<section class="card">
      <h2>${t('guide.rules')}</h2>
      <ul>
        ${[1, 2, 3, 4, 5].map((n) => html`<li>${t(`guide.rule${n}`)}</li>`)}
      </ul>
    </section>`;
  }
}

customElements.define('guide-view', GuideView);
