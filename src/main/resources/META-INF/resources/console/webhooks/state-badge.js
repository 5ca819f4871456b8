import { html } from 'lit';
import { icon } from '../parts/icons.js';
import { t } from '../words/words.js';

/** Whether a webhook is active; colour is never alone. */
export const stateBadge = (webhook) =>
  webhook.state === 'active'
    ? html`<span class="badge good">${icon('check')}${t('state.active')}</span>`
    : html`<span class="badge warn">${icon('pause')}${t('state.paused')}</span>`;

export const channelNames = (webhook) => webhook.channels.map((channel) => t(`channel.${channel}`)).join(', ');

export const authName = ({ authentication: { type, algorithm } }) => (type === 'jwt' ? `${t('auth.jwt')} (${algorithm})` : t(`auth.${type}`));
