import { call } from './client.js';

/** { items, nextCursor } by id; enabled: those alone that have webhooks enabled. */
export async function listCampaigns({ enabled, cursor, signal } = {}) {
  const query = new URLSearchParams({ limit: '50', ...(enabled ? { enableWebhooks: 'true' } : {}), ...(cursor ? { cursor } : {}) });
  return (await call('GET', `campaigns?${query}`, { signal })).body;
}

/** Registers or changes; answers the campaign with its warnings. */
export async function putCampaign({ campaignID, name, category, campaignType, enableWebhooks }) {
  const body = { name, category, campaignType, enableWebhooks };
  return (await call('PUT', `campaigns/${encodeURIComponent(campaignID)}`, { body })).body;
}
