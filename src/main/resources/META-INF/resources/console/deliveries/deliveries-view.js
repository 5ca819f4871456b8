import { html } from 'lit';
import '@vaadin/grid';
import { columnBodyRenderer } from '@vaadin/grid/lit.js';
import { icon } from '../parts/icons.js';
import { moment, relative } from '../parts/times.js';
import { View } from '../parts/view.js';
import { go, href, place, requery } from '../shell/router.js';
import { language, t } from '../words/words.js';
import './delivery-filters.js';
import { FILTERS } from './delivery-filters.js';
import { DeliveryFeed } from './delivery-feed.js';
import { deliveryState, reasonOf } from './delivery-state.js';

const EVERY_MILLIS = 3000;
const NARROW = matchMedia('(max-width: 820px)');

/** The delivery log: filters in the address, rows as they are scrolled to, new ones by themselves. */
class DeliveriesView extends View {
  static properties = { filter: { state: true }, live: { state: true }, fresh: { state: true }, problem: { state: true }, phase: { state: true } };

  #feed;
  #timer;
  #narrowed = () => this.requestUpdate();

  constructor() {
    super();
    this.live = true;
    this.start();
  }

  connectedCallback() {
    super.connectedCallback();
    NARROW.addEventListener('change', this.#narrowed);
    this.#timer = setInterval(() => this.watch(), EVERY_MILLIS);
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
    this.#feed.stop();
    NARROW.removeEventListener('change', this.#narrowed);
    super.disconnectedCallback();
  }

  placeChanged() {
    this.start();
  }

  /** Anew, with the filter of the address. */
  start() {
    const { query } = place();
    this.filter = Object.fromEntries(FILTERS.filter((name) => query.get(name)).map((name) => [name, query.get(name)]));
    this.fresh = 0;
    this.problem = null;
    this.phase = 'loading';
    this.#feed?.stop();
    const feed = new DeliveryFeed(this.filter);
    this.#feed = feed;
    feed.slice(0, 50).then(
      () => feed === this.#feed && this.arrived(),
      (problem) => feed === this.#feed && this.refused(problem),
    );
  }

  arrived() {
    this.phase = 'ready';
    this.querySelector('vaadin-grid')?.clearCache();
  }

  refused(problem) {
    this.problem = problem;
    this.phase = 'failed';
    if (problem.status === 401) {
      window.dispatchEvent(new CustomEvent('sign-in-needed'));
    }
  }

  render() {
    return html`<div class="head">
        <div>
          <h1>${t('nav.deliveries')}</h1>
          <p>${t('deliveries.lead')}</p>
        </div>
        <div class="tools">
          <button class="live" aria-pressed=${this.live} title=${t('deliveries.liveTitle')} @click=${() => (this.live = !this.live)}>
            <i class="pulse"></i>${t(this.live ? 'deliveries.live' : 'deliveries.liveOff')}
          </button>
          ${this.filter.state === 'skipped' ? '' : html`<a class="button" href=${href('replays/new', { query: this.filter })}>${icon('replay')}${t(Object.keys(this.filter).length ? 'replay.these' : 'replay.new')}</a>`}
          <button @click=${this.start}>${icon('refresh')}${t('common.refresh')}</button>
        </div>
      </div>
      <delivery-filters .filter=${this.filter} @filter-changed=${(e) => this.choose(e.detail)}></delivery-filters>
      ${this.fresh ? this.pill() : ''} ${this.body()}`;
  }

  body() {
    if (this.phase === 'failed') {
      return this.failed();
    }
    if (this.phase === 'loading') {
      return html`<div class="card loading" role="status" aria-label=${t('common.loading')}><i></i><i></i><i></i><i></i></div>`;
    }
    return this.#feed.items.length === 0 ? this.empty() : this.grid();
  }

  failed() {
    const { problem } = this;
    return html`<div class="notice bad" role="alert">${icon('alert')}
      <div>
        <p><strong>${t('error.title')}</strong></p>
        <p>${problem.message}</p>
        ${problem.violations?.map(({ field }) => html`<p><code>${field}</code> ${problem.at(field)}</p>`)}
        <div class="actions"><button @click=${this.start}>${icon('refresh')}${t('common.retry')}</button></div>
      </div>
    </div>`;
  }

  empty() {
    const key = Object.keys(this.filter).length ? 'deliveries.noMatch' : 'deliveries.empty';
    return html`<div class="card">
      <div class="state">
        ${icon('deliveries')}
        <h2>${t(key)}</h2>
        <p>${t(`${key}Body`)}</p>
      </div>
    </div>`;
  }

  pill() {
    const words = this.fresh === 1 ? t('deliveries.newOne') : t('deliveries.newMany', { count: this.fresh >= 100 ? '100+' : this.fresh });
    return html`<button class="pill" @click=${this.showFresh}>${icon('refresh')}${words}</button>`;
  }

  grid() {
    const rows = [language(), this.#feed]; // What the cells depend on, besides their row.
    const narrow = NARROW.matches;
    const column = (key, render, { width = '9rem', grow = 1 } = {}) => html`<vaadin-grid-column
      header=${t(`deliveries.${key}`)}
      width=${width}
      flex-grow=${grow}
      ${columnBodyRenderer(render, rows)}
    ></vaadin-grid-column>`;
    return html`<vaadin-grid
      class="log"
      accessible-name=${t('deliveries.grid')}
      theme="no-border wrap-cell-content"
      .pageSize=${50}
      .dataProvider=${this.provide}
      @active-item-changed=${this.open}
    >
      ${narrow
        ? column('what', (row) => html`${this.when(row)}${what(row)}${message(row)}`, { width: '100%' })
        : html`${column('accepted', (row) => this.when(row), { width: '12rem', grow: 0 })} ${column('what', what, { width: '13rem', grow: 3 })}
            ${column('message', message, { width: '7.5rem', grow: 1 })} ${column('ids', ids, { width: '11rem', grow: 2 })}
            ${column('attempts', (row) => row.attemptCount, { width: '6rem', grow: 0 })} ${column('next', next, { width: '8.5rem', grow: 0 })}`}
    </vaadin-grid>`;
  }

  when(row) {
    return html`<a href=${href(`deliveries/${row.id}`)}><time datetime=${row.acceptedAt}>${moment(row.acceptedAt)}</time></a>`;
  }

  /** Bound to this element once, as the grid compares providers by identity. */
  provide = async ({ page, pageSize }, callback) => {
    const feed = this.#feed;
    try {
      const items = await feed.slice(page * pageSize, (page + 1) * pageSize);
      callback(items, feed.size);
    } catch (problem) {
      callback([], feed.items.length);
      this.refused(problem);
    }
  };

  open(event) {
    const row = event.detail.value;
    if (row) {
      go(href(`deliveries/${row.id}`));
    }
  }

  choose(filter) {
    requery(filter);
    this.start();
  }

  get scrolled() {
    return (this.querySelector('vaadin-grid')?.shadowRoot?.querySelector('#table')?.scrollTop ?? 0) > 40;
  }

  async watch() {
    if (!this.live || document.hidden || this.phase !== 'ready') {
      return;
    }
    const feed = this.#feed;
    try {
      const { fresh, take } = await feed.watch();
      if (feed !== this.#feed) {
        return;
      }
      if (this.scrolled && fresh > 0) {
        this.fresh = fresh; // Rows do not move under the eyes of somebody who reads.
      } else if (take()) {
        this.fresh = 0;
        this.arrived();
        this.requestUpdate();
      }
    } catch {
      // The next round asks again; a server that stays away is told by whatever is clicked.
    }
  }

  showFresh() {
    this.querySelector('vaadin-grid')?.scrollToIndex(0);
    this.start();
  }
}

const what = (row) => html`<div>${deliveryState(row.state)}<div class="why">${reasonOf(row)}</div></div>`;

const message = (row) => html`<div>${t(`channel.${row.channel}`)} · ${t(`status.${row.feedbackStatus}`)}</div>`;

const ids = (row) => html`<div class="mono"><div>${row.requestId}</div><div>${row.messageExecutionID}</div></div>`;

const next = (row) => (row.nextAttemptAt ? html`<time datetime=${row.nextAttemptAt} title=${moment(row.nextAttemptAt)}>${relative(row.nextAttemptAt)}</time>` : '');

customElements.define('deliveries-view', DeliveriesView);
