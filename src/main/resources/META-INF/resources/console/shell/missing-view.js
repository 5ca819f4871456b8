import { html } from 'lit';
import { icon } from '../parts/icons.js';
import { View } from '../parts/view.js';
import { t } from '../words/words.js';
import { href } from './router.js';

/** An address that leads nowhere. */
class MissingView extends View {
  render() {
    return html`<div class="state">
      ${icon('skip')}
      <h1>${t('missing.title')}</h1>
      <p>${t('missing.body')}</p>
      <a class="button" href=${href('overview')}>${t('missing.home')}</a>
    </div>`;
  }
}

/** A part of the console that did not arrive. */
class BrokenView extends View {
  render() {
    return html`<div class="state">
      ${icon('alert')}
      <h1>${t('error.title')}</h1>
      <p>${t('error.view')}</p>
    </div>`;
  }
}

customElements.define('missing-view', MissingView);
customElements.define('broken-view', BrokenView);
