import { html } from 'lit';
import { icon } from '../parts/icons.js';
import { View } from '../parts/view.js';
import { t } from '../words/words.js';
import { STATES } from './delivery-state.js';

export const FILTERS = ['state', 'channel', 'feedbackStatus', 'campaignID', 'requestId', 'messageExecutionID', 'from', 'to'];
const STATUSES = ['sent', 'delivered', 'bounce', 'error', 'exclude', 'delay', 'duplicate', 'denylist', 'read', 'unknown'];

/** The filters of the delivery log. Tells filter-changed with the API's own words. */
class DeliveryFilters extends View {
  static properties = { filter: { attribute: false }, without: { attribute: false } };

  render() {
    const { filter } = this;
    const hidden = ['campaignID', 'requestId', 'messageExecutionID', 'from', 'to'].filter((name) => filter[name]).length;
    return html`<form class="filters" aria-label=${t('deliveries.filters')} @submit=${this.submit} @change=${this.picked}>
      ${this.select('state', 'deliveries.state', STATES.filter((state) => !this.without?.includes(state)), 'state')} ${this.select('channel', 'deliveries.channel', ['email', 'sms'], 'channel')}
      ${this.select('feedbackStatus', 'deliveries.status', STATUSES, 'status')}
      <details ?open=${hidden > 0}>
        <summary>${t('deliveries.more')}${hidden ? html` <span class="badge busy">${hidden}</span>` : ''}</summary>
        <div class="filters">
          ${this.text('requestId', 'deliveries.request')} ${this.text('messageExecutionID', 'deliveries.execution')}
          ${this.text('campaignID', 'deliveries.campaign')} ${this.time('from', 'deliveries.from')} ${this.time('to', 'deliveries.to')}
          <button class="apply">${t('deliveries.apply')}</button>
        </div>
      </details>
      ${Object.keys(filter).length ? html`<button type="button" class="quiet clear" @click=${() => this.tell({})}>${icon('close')}${t('deliveries.clear')}</button>` : ''}
    </form>`;
  }

  select(name, label, values, words) {
    const chosen = this.filter[name] ?? '';
    return html`<label class="plain"
      ><span>${t(label)}</span>
      <select name=${name} .value=${chosen}>
        <option value="" ?selected=${chosen === ''}>${t('deliveries.any')}</option>
        ${values.map((value) => html`<option value=${value} ?selected=${chosen === value}>${t(`${words}.${value}`)}</option>`)}
      </select>
    </label>`;
  }

  text(name, label) {
    return html`<label class="plain"
      ><span>${t(label)}</span>
      <input name=${name} type="search" autocomplete="off" spellcheck="false" .value=${this.filter[name] ?? ''} />
    </label>`;
  }

  time(name, label) {
    return html`<label class="plain"
      ><span>${t(label)}</span>
      <input name=${name} type="datetime-local" step="1" .value=${local(this.filter[name])} />
    </label>`;
  }

  /** A choice counts at once; what is typed when it is entered. */
  picked(event) {
    if (event.target instanceof HTMLSelectElement) {
      this.submit(event);
    }
  }

  submit(event) {
    event.preventDefault();
    const given = new FormData(this.querySelector('form'));
    const filter = {};
    for (const name of FILTERS) {
      const value = String(given.get(name) ?? '').trim();
      if (value !== '') {
        filter[name] = name === 'from' || name === 'to' ? new Date(value).toISOString() : value;
      }
    }
    this.tell(filter);
  }

  tell(filter) {
    this.dispatchEvent(new CustomEvent('filter-changed', { detail: filter }));
  }
}

/** A time of the address as the browser's field shows it: in the time zone of the person. */
function local(iso) {
  const time = iso ? new Date(iso) : null;
  if (!time || Number.isNaN(time.getTime())) {
    return '';
  }
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

customElements.define('delivery-filters', DeliveryFilters);
