import { html } from 'lit';
import { lastDay } from '../api/statistics.js';
import { listWebhooks } from '../api/webhooks.js';
import { icon } from '../parts/icons.js';
import { LoadedView } from '../parts/loaded-view.js';
import { moment, number, percent, relative } from '../parts/times.js';
import { href, tenant } from '../shell/router.js';
import { WEBHOOKS } from '../shell/routes.js';
import { t } from '../words/words.js';
import { authName, channelNames, healthBadge, stateBadge } from './state-badge.js';

/** An organization with more sandboxes has its numbers in each one's overview. */
const MOST_COUNTED = 40;

/** All webhooks of the organization, and the way to create this sandbox's. */
class InventoryView extends LoadedView {
  static properties = { webhooks: { state: true }, days: { state: true } };

  async load(signal) {
    this.webhooks = await listWebhooks(signal);
    this.days = {};
    for (const { id, imsOrg, sandboxName } of this.webhooks.slice(0, MOST_COUNTED)) {
      const told = (day) => (this.days = { ...this.days, [id]: day });
      lastDay(signal, { imsOrg, sandbox: sandboxName }).then(told, () => told(null)); // The inventory is worth showing without.
    }
  }

  get own() {
    return this.webhooks.find((webhook) => webhook.sandboxName === tenant().sandbox);
  }

  ready() {
    return html`<div class="head">
        <div>
          <h1>${t('nav.webhooks')}</h1>
          <p>${t('inventory.lead')}</p>
        </div>
        <div class="tools">${this.create()}</div>
      </div>
      ${this.webhooks.length === 0 ? this.empty() : this.table()}`;
  }

  create() {
    return this.own
      ? html`<button class="primary" disabled aria-describedby="why-not">${icon('plus')}${t('webhook.create')}</button>
          <p id="why-not" class="reason">${t('inventory.has')}</p>`
      : html`<a class="button primary" href=${href(`${WEBHOOKS}/new`)}>${icon('plus')}${t('webhook.create')}</a>`;
  }

  empty() {
    return html`<div class="card">
      <div class="state">
        ${icon('link')}
        <h2>${t('inventory.empty')}</h2>
        <p>${t('inventory.emptyBody', tenant())}</p>
        <a class="button" href=${href(`${WEBHOOKS}/new`)}>${t('webhook.create')}</a>
      </div>
    </div>`;
  }

  table() {
    const heads = ['name', 'channels', 'url', 'authentication', 'state', 'day', 'modified'];
    return html`${this.own ? '' : html`<div class="notice">${icon('info')}<p>${t('inventory.others', tenant())}</p></div>`}
      <div class="card flush" tabindex="0" role="region" aria-label=${t('inventory.caption', tenant())}>
        <table>
          <caption class="sr-only">${t('inventory.caption', tenant())}</caption>
          <thead>
            <tr>${heads.map((head) => html`<th scope="col">${t(`inventory.${head}`)}</th>`)}</tr>
          </thead>
          <tbody>${this.webhooks.map((webhook) => this.row(webhook))}</tbody>
        </table>
      </div>`;
  }

  row(webhook) {
    const of = { imsOrg: webhook.imsOrg, sandbox: webhook.sandboxName };
    const cell = (key, content, kind = '') => html`<td data-label=${t(`inventory.${key}`)} class=${kind}>${content}</td>`;
    return html`<tr>
      <th scope="row">
        <a href=${href(`${WEBHOOKS}/${webhook.id}`, { of })}>${webhook.name}</a>
        <span class="sr-only">${t('inventory.sandbox')}</span><span class="sandbox">${webhook.sandboxName}</span>
      </th>
      ${cell('channels', channelNames(webhook))}
      ${cell('url', webhook.url, 'url')} ${cell('authentication', authName(webhook))}
      ${cell('state', html`<span class="badges">${stateBadge(webhook)} ${healthBadge(webhook)}</span>`)}
      ${cell('day', this.lately(webhook))}
      ${cell(
        'modified',
        html`<time datetime=${webhook.modifiedAt} title=${moment(webhook.modifiedAt)}>${relative(webhook.modifiedAt)}</time>
          <small>${t('inventory.by', { name: webhook.modifiedBy })}</small>`,
      )}
    </tr>`;
  }

  lately(webhook) {
    const day = this.days[webhook.id];
    if (!day) {
      return day === null || this.webhooks.indexOf(webhook) >= MOST_COUNTED ? '—' : '…';
    }
    if (day.count === 0) {
      return t('inventory.dayNone');
    }
    const words = { count: number(day.count), rate: day.rate === null ? '—' : percent(day.rate) };
    return t('inventory.dayText', words);
  }
}

customElements.define('inventory-view', InventoryView);
