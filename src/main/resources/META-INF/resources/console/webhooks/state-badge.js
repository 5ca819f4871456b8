import { html } from 'lit';
import { icon } from '../parts/icons.js';
import { moment } from '../parts/times.js';
import { said, t } from '../words/words.js';

/** Whether a webhook is active; colour is never alone. */
export const stateBadge = (webhook) =>
  webhook.state === 'active'
    ? html`<span class="badge good">${icon('check')}${t('state.active')}</span>`
    : html`<span class="badge warn">${icon('pause')}${t('state.paused')}</span>`;

/** What the last day's attempts say of the endpoint, and in the title why and since when. */
export const healthBadge = ({ health }) => {
  if (health.state === 'active') {
    return html`<span class="badge good">${icon('check')}${t('health.active')}</span>`;
  }
  const title = t('health.why', { since: moment(health.since), reason: said(health.reason) });
  return html`<span class="badge warn" title=${title}>${icon('info')}${t(`health.${health.state}`)}</span>
    <small>${t('health.failing', health)}</small>`;
};

export const channelNames = (webhook) => webhook.channels.map((channel) => t(`channel.${channel}`)).join(', ');

export const authName = ({ authentication: { type, algorithm } }) => (type === 'jwt' ? `${t('auth.jwt')} (${algorithm})` : t(`auth.${type}`));
