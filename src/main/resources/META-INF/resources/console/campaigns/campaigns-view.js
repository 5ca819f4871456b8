import { html } from 'lit';
import { listCampaigns, putCampaign } from '../api/campaigns.js';
import { ownWebhook } from '../api/webhooks.js';
import { icon } from '../parts/icons.js';
import { LoadedView } from '../parts/loaded-view.js';
import { moment, relative } from '../parts/times.js';
import { toast } from '../parts/toast.js';
import { href, place, requery } from '../shell/router.js';
import { WEBHOOKS } from '../shell/routes.js';
import { t } from '../words/words.js';
import './register-campaign.js';

/** The sandbox's campaigns, and the toggle that each has. */
class CampaignsView extends LoadedView {
  static properties = { items: { state: true }, cursor: { state: true }, webhook: { state: true } };

  get enabledOnly() {
    return place().query.get('enableWebhooks') === 'true';
  }

  async load(signal) {
    const [page, webhook] = await Promise.all([listCampaigns({ enabled: this.enabledOnly, signal }), ownWebhook(signal)]);
    this.items = page.items;
    this.cursor = page.nextCursor;
    this.webhook = webhook;
  }

  placeChanged() {
    this.reload();
  }

  ready() {
    return html`<div class="head">
        <div>
          <h1>${t('nav.campaigns')}</h1>
          <p>${t('campaigns.lead')}</p>
        </div>
        <div class="tools">
          <label class="plain inline"
            ><span>${t('campaigns.filter')}</span>
            <select @change=${this.filter}>
              <option value="" ?selected=${!this.enabledOnly}>${t('campaigns.all')}</option>
              <option value="true" ?selected=${this.enabledOnly}>${t('campaigns.onlyEnabled')}</option>
            </select>
          </label>
          <register-campaign @registered=${() => this.reload({ quietly: true })}></register-campaign>
        </div>
      </div>
      ${!this.webhook && this.items.some((campaign) => campaign.enableWebhooks) ? this.warning() : ''}
      ${this.items.length === 0 ? this.empty() : this.table()}`;
  }

  warning() {
    return html`<div class="notice warn" role="status">${icon('alert')}
      <div>
        <p><strong>${t('campaigns.noWebhook')}</strong></p>
        <p>${t('campaigns.noWebhookBody')} <a href=${href(`${WEBHOOKS}/new`)}>${t('webhook.create')}</a></p>
      </div>
    </div>`;
  }

  empty() {
    const key = this.enabledOnly ? 'campaigns.emptyEnabled' : 'campaigns.empty';
    return html`<div class="card">
      <div class="state">
        ${icon('campaigns')}
        <h2>${t(key)}</h2>
        <p>${t(`${key}Body`)}</p>
      </div>
    </div>`;
  }

  table() {
    return html`<div class="card flush">
        <table>
          <caption class="sr-only">${t('campaigns.caption')}</caption>
          <thead>
            <tr>${['name', 'kind', 'modified', 'enable'].map((head) => html`<th scope="col">${t(`campaigns.${head}`)}</th>`)}</tr>
          </thead>
          <tbody>${this.items.map((campaign) => this.row(campaign))}</tbody>
        </table>
      </div>
      ${this.cursor ? html`<button @click=${this.more}>${t('campaigns.more')}</button>` : ''}`;
  }

  row(campaign) {
    const cell = (key, content) => html`<td data-label=${t(`campaigns.${key}`)}>${content}</td>`;
    return html`<tr>
      <th scope="row">
        <a href=${href('deliveries', { query: { campaignID: campaign.campaignID } })}>${campaign.name}</a>
        <small class="mono">${campaign.campaignID}</small>
      </th>
      ${cell('kind', `${t(`category.${campaign.category}`)} · ${t(`type.${campaign.campaignType}`)}`)}
      ${cell(
        'modified',
        html`<time datetime=${campaign.modifiedAt} title=${moment(campaign.modifiedAt)}>${relative(campaign.modifiedAt)}</time>
          <small>${t('inventory.by', { name: campaign.modifiedBy })}</small>`,
      )}
      ${cell('enable', this.toggle(campaign))}
    </tr>`;
  }

  toggle(campaign) {
    if (campaign.category !== 'Transactional' || campaign.campaignType !== 'ApiTriggered') {
      return html`<span class="faint">${t('campaigns.not')}</span>`;
    }
    return html`<button
      class="switch"
      role="switch"
      aria-checked=${campaign.enableWebhooks}
      aria-label=${t('campaigns.enableFor', { name: campaign.name })}
      @click=${() => this.flip(campaign)}
    >
      <i></i>
    </button>`;
  }

  async flip(campaign) {
    try {
      const changed = await putCampaign({ ...campaign, enableWebhooks: !campaign.enableWebhooks });
      this.items = this.items.map((one) => (one.campaignID === changed.campaignID ? changed : one));
      toast(t(changed.enableWebhooks ? 'campaigns.enabled' : 'campaigns.disabled', changed));
      this.webhook = changed.warnings.length > 0 ? undefined : (this.webhook ?? (await ownWebhook()));
    } catch (problem) {
      toast(problem.message, 'bad');
    }
  }

  filter(event) {
    requery(event.target.value ? { enableWebhooks: event.target.value } : {});
    this.reload();
  }

  async more() {
    const page = await listCampaigns({ enabled: this.enabledOnly, cursor: this.cursor });
    this.items = [...this.items, ...page.items];
    this.cursor = page.nextCursor;
  }
}

customElements.define('campaigns-view', CampaignsView);
