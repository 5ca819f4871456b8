import { call } from './client.js';

/** { items, nextCursor } of the log, newest first; filter has the API's own words. */
export async function listDeliveries(filter, { limit = 50, cursor, signal } = {}) {
  const query = new URLSearchParams({ ...filter, limit: String(limit) });
  if (cursor) {
    query.set('cursor', cursor);
  }
  return (await call('GET', `deliveries?${query}`, { signal })).body;
}

const MOST_PAGES = 5;

/** The newest of a filter, at most a thousand: { items, whole }, whole telling whether these are all of them. */
export async function newestDeliveries(filter, signal) {
  const items = [];
  let cursor;
  for (let page = 0; page < MOST_PAGES; page++) {
    const { items: more, nextCursor } = await listDeliveries(filter, { limit: 200, cursor, signal });
    items.push(...more);
    if (nextCursor === null) {
      return { items, whole: true };
    }
    cursor = nextCursor;
  }
  return { items, whole: false };
}

export const getDelivery = async (id, signal) => (await call('GET', `deliveries/${encodeURIComponent(id)}`, { signal })).body;

export const redeliver = async (id) => (await call('POST', `deliveries/${encodeURIComponent(id)}/redeliver`)).body;
