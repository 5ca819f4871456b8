import { html } from 'lit';
import { listCampaigns } from '../api/campaigns.js';
import { listDeliveries } from '../api/deliveries.js';
import { statistics } from '../api/statistics.js';
import { ownWebhook } from '../api/webhooks.js';
import { waitOf } from '../deliveries/delivery-state.js';
import { icon } from '../parts/icons.js';
import { LoadedView } from '../parts/loaded-view.js';
import { moment, number, percent, relative } from '../parts/times.js';
import { href, place, requery } from '../shell/router.js';
import { said, t } from '../words/words.js';
import './first-steps.js';
import './latency-chart.js';
import './time-chart.js';

const PERIODS = {
  '1h': { millis: 3_600_000, interval: 'minute' },
  '24h': { millis: 86_400_000, interval: 'hour' },
  '7d': { millis: 604_800_000, interval: 'hour' },
};
const WAITING = ['pending', 'delivering', 'retrying'];

/** How the sandbox's webhook is doing: figures, charts, why deliveries fail, what is late. */
class OverviewView extends LoadedView {
  static every = 15_000;
  static properties = { figures: { state: true } };

  /** Also after a failure: it comes back by itself. */
  follow() {
    document.hidden || this.reload({ quietly: true });
  }

  get period() {
    const asked = place().query.get('period');
    return asked in PERIODS ? asked : '24h';
  }

  placeChanged() {
    this.reload();
  }

  async load(signal) {
    const { millis, interval } = PERIODS[this.period];
    const from = new Date(Date.now() - millis).toISOString();
    const [figures, waiting, webhook, campaigns] = await Promise.all([
      statistics({ from, interval, signal }),
      listDeliveries({ state: 'retrying' }, { limit: 5, signal }),
      ownWebhook(signal),
      listCampaigns({ enabled: true, signal }),
    ]);
    this.figures = figures;
    this.waiting = waiting;
    this.steps = [Boolean(webhook), campaigns.items.length > 0, Boolean(figures?.states.delivered)];
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
      ${this.steps[2] || this.steps.every(Boolean) ? '' : html`<first-steps .steps=${this.steps}></first-steps>`}
      ${this.figures?.accepted ? this.filled() : this.empty(this.figures ? 'overview.empty' : 'overview.unavailable')}`;
  }

  empty(key) {
    return html`<div class="card">
      <div class="state">
        ${icon('overview')}
        <h2>${t(key)}</h2>
        <p>${t(`${key}Body`)}</p>
      </div>
    </div>`;
  }

  filled() {
    const { states, channels, feedbackStatuses, series, asOf } = this.figures;
    const daily = this.period === '7d';
    return html`${this.tiles(states)}
      <div class="charts">
      <section class="card">
        <h2>${t('overview.overTime')}</h2>
        <time-chart .series=${series} ?daily=${daily}></time-chart>
      </section>
      <section class="card">
        <h2>${t('overview.latencyOverTime')}</h2>
        <latency-chart .series=${series} ?daily=${daily}></latency-chart>
      </section>
      </div>
      <div class="halves">
        ${this.shares('overview.byChannel', channels, 'channel')} ${this.shares('overview.byStatus', feedbackStatuses, 'status')} ${this.reasons()}
        ${this.lateNow()}
      </div>
      <p class="hint">${t('overview.asOf', { time: moment(asOf) })}</p>`;
  }

  tiles(states) {
    const { accepted, successRate, latencyMillis } = this.figures;
    const waiting = WAITING.reduce((sum, state) => sum + (states[state] ?? 0), 0);
    const filtered = (state) => href('deliveries', { query: { state } });
    return html`<div class="tiles">
      ${tile('overview.accepted', number(accepted), { link: href('deliveries') })}
      ${tile('overview.delivered', number(states.delivered), { kind: 'good', link: filtered('delivered') })}
      ${tile('overview.failed', number(states.failed), { kind: states.failed ? 'bad' : '', link: filtered('failed') })}
      ${tile('overview.waiting', number(waiting), { kind: waiting ? 'warn' : '', link: filtered('retrying') })}
      ${tile('overview.rate', successRate === null || successRate === undefined ? '—' : percent(successRate), { note: t('overview.rateHelp') })}
      ${tile('overview.latency', millis(latencyMillis?.p50), { note: `p95 ${millis(latencyMillis?.p95)} · p99 ${millis(latencyMillis?.p99)}` })}
    </div>`;
  }

  shares(title, counts, words) {
    const rows = Object.entries(counts).filter(([, n]) => n > 0).sort(([, a], [, b]) => b - a);
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
        ${reasons.slice(0, 6).map(({ reason, attempts }) => html`<li><span>${said(reason)}</span><small>${t('overview.attempts', { count: number(attempts) })}</small></li>`)}
      </ol>
    </section>`;
  }

  lateNow() {
    const { items, nextCursor } = this.waiting;
    const { late } = this.figures;
    return html`<section class="card">
      <h2>${t('overview.late')}</h2>
      ${late.deliveries > 0
        ? html`<p class="fault">${t('overview.lateSince', { count: number(late.deliveries), time: relative(late.oldestDueAt) })}</p>`
        : items.length === 0
          ? html`<p class="hint">${t('overview.noneLate')}</p>`
          : ''}
      <ul class="list">
        ${items.map(
          (one) => html`<li>
            <a href=${href(`deliveries/${one.id}`)}>${relative(one.acceptedAt)}</a><span>${said(one.lastError)}</span>
            <small>${waitOf(one)}</small>
          </li>`,
        )}
      </ul>
      ${nextCursor ? html`<a href=${href('deliveries', { query: { state: 'retrying' } })}>${t('overview.lateMore')}</a>` : ''}
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
