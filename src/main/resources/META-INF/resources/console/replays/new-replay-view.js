import { html } from 'lit';
import { countReplay, createReplay } from '../api/replays.js';
import '../deliveries/delivery-filters.js';
import { FILTERS } from '../deliveries/delivery-filters.js';
import { ask } from '../parts/ask.js';
import { icon } from '../parts/icons.js';
import { number } from '../parts/times.js';
import { toast } from '../parts/toast.js';
import { View } from '../parts/view.js';
import { go, href, place, requery } from '../shell/router.js';
import { t } from '../words/words.js';
import { counted } from './replay-state.js';

const USUAL_RATE = 100;

/** Replays a selection: the filter in the address, counted before anything is sent, at a rate. */
class NewReplayView extends View {
  static properties = { filter: { state: true }, count: { state: true }, problem: { state: true }, busy: { state: true }, rate: { state: true } };

  #abort;

  constructor() {
    super();
    this.rate = USUAL_RATE;
    this.start();
  }

  disconnectedCallback() {
    this.#abort?.abort();
    super.disconnectedCallback();
  }

  placeChanged() {
    this.start();
  }

  start() {
    const { query } = place();
    this.filter = Object.fromEntries(FILTERS.filter((name) => query.get(name)).map((name) => [name, query.get(name)]));
    this.problem = null;
    this.tally();
  }

  /** Asks how many there are: a dry run, which sends nothing. */
  async tally() {
    this.#abort?.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.count = null;
    this.problem = null;
    try {
      const count = await countReplay(this.filter, signal);
      if (!signal.aborted) {
        this.count = count;
      }
    } catch (problem) {
      if (!signal.aborted) {
        this.problem = problem;
        if (problem.status === 401) {
          window.dispatchEvent(new CustomEvent('sign-in-needed'));
        }
      }
    }
  }

  render() {
    return html`<div class="head">
        <div>
          <h1>${t('replay.new')}</h1>
          <p>${t('replay.lead')}</p>
        </div>
      </div>
      <section class="card">
        <h2>${t('replay.what')}</h2>
        <delivery-filters .filter=${this.filter} .without=${['skipped']} @filter-changed=${(e) => this.choose(e.detail)}></delivery-filters>
        <div role="status">${this.problem ? this.wrong() : this.told()}</div>
      </section>
      <section class="card">
        <h2>${t('replay.how')}</h2>
        <ul class="notes">
          ${['same', 'order', 'passed', 'one'].map((note) => html`<li>${t(`replay.note.${note}`)}</li>`)}
        </ul>
        <label class="plain rate"
          ><span>${t('replay.rate')}</span>
          <input type="number" name="rate" min="1" max="1000" step="1" .value=${String(this.rate)} @input=${(e) => (this.rate = e.target.valueAsNumber)} aria-describedby="rate-help" />
        </label>
        <p class="hint" id="rate-help">${this.duration()}</p>
      </section>
      <div class="submit">
        <button class="primary" ?disabled=${this.busy || !this.count?.counted} @click=${this.begin}>${icon('replay')}${t(this.busy ? 'form.submitting' : 'replay.start')}</button>
        <a class="button" href=${href('deliveries', { query: this.filter })}>${t('replay.look')}</a>
        <a class="button" href=${href('replays')}>${t('common.cancel')}</a>
      </div>`;
  }

  told() {
    if (!this.count) {
      return html`<p class="hint">${t('replay.counting')}</p>`;
    }
    const words = this.count.counted === 0 ? t('replay.none') : t(this.count.counted === 1 && this.count.countedAll ? 'replay.selectsOne' : 'replay.selects', { count: counted(this.count) });
    return html`<p class="tally"><strong>${words}</strong></p>`;
  }

  wrong() {
    const { problem } = this;
    return html`<div class="notice bad" role="alert">${icon('alert')}
      <div>
        <p><strong>${problem.message}</strong></p>
        ${problem.violations?.map(({ field }) => html`<p><code>${field}</code> ${problem.at(field)}</p>`)}
        <div class="actions"><button @click=${this.tally}>${icon('refresh')}${t('common.retry')}</button></div>
      </div>
    </div>`;
  }

  duration() {
    if (!this.count?.counted || !(this.rate >= 1)) {
      return t('replay.rateHelp');
    }
    const minutes = Math.max(1, Math.ceil(this.count.counted / this.rate / 60));
    return `${t('replay.rateHelp')} ${t(this.count.countedAll ? 'replay.left' : 'replay.leftAtLeast', { minutes: number(minutes) })}`;
  }

  choose(filter) {
    requery(filter);
    this.start();
  }

  async begin() {
    const body = t('replay.sureBody', { count: counted(this.count), rate: number(this.rate) });
    if (!(await ask({ title: t('replay.sure'), body, confirm: t('replay.start') }))) {
      return;
    }
    this.busy = true;
    try {
      const { id } = await createReplay(this.filter, this.rate);
      toast(t('replay.created'));
      go(href(`replays/${id}`));
    } catch (problem) {
      this.problem = problem;
    } finally {
      this.busy = false;
    }
  }
}

customElements.define('new-replay-view', NewReplayView);
