import { call } from './client.js';

/** { items, nextCursor } of the log, newest first; filter has the API's own words. */
export async function listDeliveries(filter, { limit = 50, cursor, signal } = {}) {
  const query = new URLSearchParams({ ...filter, limit: String(limit) });
  if (cursor) {
    query.set('cursor', cursor);
  }
  return (await call('GET', `deliveries?${query}`, { signal })).body;
}

export const getDelivery = async (id, signal) => (await call('GET', `deliveries/${encodeURIComponent(id)}`, { signal })).body;

export const redeliver = async (id) => (await call('POST', `deliveries/${encodeURIComponent(id)}/redeliver`)).body;
