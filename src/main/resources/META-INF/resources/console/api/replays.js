import { call } from './client.js';

/** { items, nextCursor }, newest first. */
export async function listReplays({ cursor, signal } = {}) {
  const query = new URLSearchParams({ limit: '50', ...(cursor ? { cursor } : {}) });
  return (await call('GET', `replays?${query}`, { signal })).body;
}

export const getReplay = async (id, signal) => (await call('GET', `replays/${encodeURIComponent(id)}`, { signal })).body;

/** How many deliveries a filter selects: { counted, countedAll }. */
export const countReplay = async (filter, signal) => (await call('POST', 'replays', { body: { filter, dryRun: true }, signal })).body;

export const createReplay = async (filter, ratePerSecond) => (await call('POST', 'replays', { body: { filter, ratePerSecond } })).body;

export const cancelReplay = async (id) => (await call('DELETE', `replays/${encodeURIComponent(id)}`)).body;
