import { html } from 'lit';
import { listCampaigns } from '../api/campaigns.js';
import { listDeliveries, newestDeliveries } from '../api/deliveries.js';
import { statistics } from '../api/statistics.js';
import { ownWebhook } from '../api/webhooks.js';
import { icon } from '../parts/icons.js';
import { LoadedView } from '../parts/loaded-view.js';
import { number, percent, relative } from '../parts/times.js';
import { href, place, requery } from '../shell/router.js';
import { said, t } from '../words/words.js';
import { figuresFrom, figuresOf, PERIODS, seriesOf } from './figures.js';
import './first-steps.js';
import './time-chart.js';

const EVERY_MILLIS = 15_000;

/** How the sandbox's webhook is doing: figures, charts, why deliveries fail, what is late. */
class OverviewView extends LoadedView {
  static properties = { figures: { state: true } };

  #timer;

  connectedCallback() {
    super.connectedCallback();
    this.#timer = setInterval(() => document.hidden || this.reload({ quietly: true }), EVERY_MILLIS);
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
    super.disconnectedCallback();
  }

  get period() {
    const asked = place().query.get('period');
    return asked in PERIODS ? asked : '24h';
  }

  placeChanged() {
    this.reload();
  }

  async load(signal) {
    const from = new Date(Date.now() - PERIODS[this.period].millis).toISOString();
    const [counted, sample, late, webhook, campaigns] = await Promise.all([
      statistics({ from, to: new Date().toISOString(), signal }),
      newestDeliveries({ from }, signal),
      listDeliveries({ state: 'retrying' }, { limit: 6, signal }),
      ownWebhook(signal),
      listCampaigns({ enabled: true, signal }),
    ]);
    const own = figuresOf(sample.items);
    this.counted = counted !== null;
    this.sample = sample;
    this.figures = { ...own, ...(figuresFrom(counted) ?? {}) };
    this.late = late;
    this.steps = [Boolean(webhook), campaigns.items.length > 0, sample.items.some((one) => one.state === 'delivered')];
  }

  ready() {
    return html`<div class="head">
        <div>
          <h1>${t('nav.overview')}</h1>
          <p>${t('overview.lead')}</p>
        </div>
        <div class="tools" role="group" aria-label=${t('overview.period')}>
          ${Object.keys(PERIODS).map(
            (period) => html`<button class="tab" aria-pressed=${period === this.period} @click=${() => this.choose(period)}>${t(`period.${period}`)}</button>`,
          )}
        </div>
      </div>
      ${this.steps.every(Boolean) || this.figures.delivered ? '' : html`<first-steps .steps=${this.steps}></first-steps>`}
      ${this.figures.accepted === 0 ? this.empty() : this.filled()}`;
  }

  empty() {
    return html`<div class="card">
      <div class="state">
        ${icon('overview')}
        <h2>${t('overview.empty')}</h2>
        <p>${t('overview.emptyBody')}</p>
      </div>
    </div>`;
  }

  filled() {
    const { figures } = this;
    const ended = figures.delivered + figures.failed;
    const { p50, p95, p99 } = figures.latency;
    const filtered = (state) => href('deliveries', { query: { state } });
    return html`<div class="tiles">
        ${tile('overview.accepted', number(figures.accepted), { link: href('deliveries') })}
        ${tile('overview.delivered', number(figures.delivered), { kind: 'good', link: filtered('delivered') })}
        ${tile('overview.failed', number(figures.failed), { kind: figures.failed ? 'bad' : '', link: filtered('failed') })}
        ${tile('overview.waiting', number(figures.waiting), { kind: figures.waiting ? 'warn' : '', link: filtered('retrying') })}
        ${tile('overview.rate', ended ? percent(figures.delivered / ended) : '—', { note: t('overview.rateHelp') })}
        ${tile('overview.latency', millis(p50), { note: `p95 ${millis(p95)} · p99 ${millis(p99)}` })}
      </div>
      ${this.counted ? '' : this.sampled()}
      <section class="card">
        <h2>${t('overview.overTime')}</h2>
        <time-chart .series=${seriesOf(this.sample.items, this.period)} ?daily=${this.period === '7d'}></time-chart>
      </section>
      <div class="halves">
        ${this.shares('overview.byChannel', figures.channels, 'channel')} ${this.shares('overview.byStatus', figures.statuses, 'status')}
        ${this.reasons()} ${this.lateNow()}
      </div>`;
  }

  sampled() {
    const { items, whole } = this.sample;
    return html`<p class="hint">${icon('info')} ${t(whole ? 'overview.sampledAll' : 'overview.sampled', { count: number(items.length) })}</p>`;
  }

  shares(title, counts, words) {
    const rows = Object.entries(counts).sort(([, a], [, b]) => b - a);
    const total = rows.reduce((sum, [, n]) => sum + n, 0);
    return html`<section class="card">
      <h2>${t(title)}</h2>
      <ul class="shares">
        ${rows.map(
          ([key, n]) => html`<li>
            <span>${t(`${words}.${key}`)}</span><meter min="0" max=${total} .value=${n} aria-label=${t(`${words}.${key}`)}></meter
            ><span>${number(n)} <small>${percent(n / total)}</small></span>
          </li>`,
        )}
      </ul>
    </section>`;
  }

  reasons() {
    const { reasons } = this.figures;
    return html`<section class="card">
      <h2>${t('overview.reasons')}</h2>
      ${reasons.length === 0 ? html`<p class="hint">${t('overview.noReasons')}</p>` : ''}
      <ol class="list">
        ${reasons.map(([reason, n]) => html`<li><span>${said(reason)}</span><strong>${number(n)}</strong></li>`)}
      </ol>
    </section>`;
  }

  lateNow() {
    const { items, nextCursor } = this.late;
    return html`<section class="card">
      <h2>${t('overview.late')}</h2>
      ${items.length === 0 ? html`<p class="hint">${t('overview.noneLate')}</p>` : ''}
      <ul class="list">
        ${items
          .slice(0, 5)
          .map(
            (one) => html`<li>
              <a href=${href(`deliveries/${one.id}`)}>${relative(one.acceptedAt)}</a><span>${said(one.lastError)}</span>
              <small>${one.nextAttemptAt ? t('delivery.nextAt', { time: relative(one.nextAttemptAt) }) : ''}</small>
            </li>`,
          )}
      </ul>
      ${items.length > 5 || nextCursor ? html`<a href=${href('deliveries', { query: { state: 'retrying' } })}>${t('overview.lateMore')}</a>` : ''}
    </section>`;
  }

  choose(period) {
    requery({ period });
    this.reload({ quietly: true });
  }
}

const millis = (value) => (value === undefined || value === null ? '—' : value < 10_000 ? `${number(Math.round(value))} ms` : `${number(Math.round(value / 1000))} s`);

const tile = (key, value, { kind = '', note = '', link } = {}) => {
  const inside = html`<span>${t(key)}</span><strong class=${kind}>${value}</strong><small>${note}</small>`;
  return link ? html`<a class="tile" href=${link}>${inside}</a>` : html`<div class="tile">${inside}</div>`;
};

customElements.define('overview-view', OverviewView);
