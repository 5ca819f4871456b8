import { html } from 'lit';
import { href } from '../shell/router.js';
import { t } from '../words/words.js';
import { icon } from './icons.js';
import { View } from './view.js';

/** A screen that needs something from the server first: shows that it loads, or why it can't, or what came. */
export class LoadedView extends View {
  static properties = { phase: { state: true }, problem: { state: true } };

  /** To be given by a screen that follows what it shows: milliseconds between looks. */
  static every = 0;

  #abort;
  #timer;

  constructor() {
    super();
    this.phase = 'loading';
  }

  connectedCallback() {
    super.connectedCallback();
    this.reload();
    if (this.constructor.every > 0) {
      this.#timer = setInterval(() => this.follow(), this.constructor.every);
    }
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
    this.#abort?.abort();
    super.disconnectedCallback();
  }

  /** To be given: gets what the screen shows. */
  async load() {}

  /** To be given: the screen. */
  ready() {}

  /** To be given by a screen that follows: whether nothing more will happen to what it shows. */
  over() {
    return false;
  }

  follow() {
    if (this.phase === 'ready' && !document.hidden && !this.over()) {
      this.reload({ quietly: true });
    }
  }

  /** To be given where it says more than that something is missing. */
  missing() {
    return { title: t('missing.title'), body: t('missing.body') };
  }

  async reload({ quietly = false } = {}) {
    this.#abort?.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.phase = quietly ? this.phase : 'loading';
    try {
      await this.load(signal);
      if (!signal.aborted) {
        this.phase = 'ready';
        this.requestUpdate();
      }
    } catch (failure) {
      if (!signal.aborted && !quietly) {
        this.problem = failure;
        this.phase = 'failed';
        if (failure.status === 401) {
          window.dispatchEvent(new CustomEvent('sign-in-needed'));
        }
      }
    }
  }

  render() {
    if (this.phase === 'ready') {
      return this.ready();
    }
    return this.phase === 'loading' ? this.loading() : this.failed();
  }

  loading() {
    return html`<h1 class="sr-only">${t('common.loading')}</h1>
      <div class="card loading" role="status" aria-label=${t('common.loading')}><i></i><i></i><i></i><i></i></div>`;
  }

  failed() {
    const gone = this.problem.status === 404;
    const { title, body } = gone ? this.missing() : { title: t('error.title'), body: this.explained() };
    return html`<div class="state ${gone ? '' : 'bad'}" role="alert">
      ${icon(gone ? 'skip' : 'alert')}
      <h1>${title}</h1>
      <p>${body}</p>
      <div class="actions">
        <button @click=${() => this.reload()}>${icon('refresh')}${t('common.retry')}</button>
        ${gone ? html`<a class="button" href=${href('overview')}>${t('missing.home')}</a>` : ''}
      </div>
    </div>`;
  }

  explained() {
    return this.problem.status === 401 ? t('error.unauthorized') : this.problem.message;
  }
}
