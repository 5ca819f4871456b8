import { html } from 'lit';
import { icon } from '../parts/icons.js';
import { View } from '../parts/view.js';
import { href } from '../shell/router.js';
import { WEBHOOKS } from '../shell/routes.js';
import { t } from '../words/words.js';

/** What is left to do until the first delivery. */
class FirstSteps extends View {
  static properties = { steps: { attribute: false } };

  render() {
    const places = [WEBHOOKS, 'campaigns', this.steps[0] ? WEBHOOKS : 'deliveries'];
    return html`<section class="card">
      <h2>${t('overview.start')}</h2>
      <ol class="steps">
        ${this.steps.map(
          (done, i) => html`<li class=${done ? 'done' : ''}>
            <span class="mark" aria-hidden="true">${done ? icon('check') : i + 1}</span>
            <a href=${href(places[i])}>${t(`overview.step${i + 1}`)}</a>${done ? html`<span class="sr-only">${t('overview.done')}</span>` : ''}
          </li>`,
        )}
      </ol>
    </section>`;
  }
}

customElements.define('first-steps', FirstSteps);
