import { tenant } from '../shell/router.js';
import { call } from './client.js';

const at = (id) => `feedback-webhooks/${encodeURIComponent(id)}`;

/** All webhooks of the organization, of every sandbox. */
export const listWebhooks = async (signal) =>
  (await call('GET', 'feedback-webhooks', { signal, of: { imsOrg: tenant().imsOrg } })).body.items;

/** { body, etag } */
export const getWebhook = (id, signal) => call('GET', at(id), { signal });

export const createWebhook = (body) => call('POST', 'feedback-webhooks', { body });

export const putWebhook = (id, body, etag) => call('PUT', at(id), { body, headers: etag ? { 'if-match': etag } : {} });

export const deleteWebhook = (id) => call('DELETE', at(id));

export const pauseWebhook = (id) => call('POST', `${at(id)}/pause`);

export const resumeWebhook = (id) => call('POST', `${at(id)}/resume`);

export const testWebhook = (id) => call('POST', `${at(id)}/test`);

/** The webhook of the sandbox in the address, or undefined. */
export const ownWebhook = async (signal) => (await call('GET', 'feedback-webhooks', { signal })).body.items[0];
