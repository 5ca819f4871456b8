import { call } from './client.js';
import { listDeliveries } from './deliveries.js';

const DAY_MILLIS = 86_400_000;

/** The server's counts for a period, or null where it has none to give yet. */
export async function statistics({ from, to, signal }) {
  try {
    return (await call('GET', `statistics?${new URLSearchParams({ from, to })}`, { signal })).body;
  } catch (problem) {
    if (problem.status === 404) {
      return null;
    }
    throw problem;
  }
}

/** How many deliveries the last 24 h had and what share arrived; of the newest 200 where the server has no counts. */
export async function lastDay(signal) {
  const from = new Date(Date.now() - DAY_MILLIS).toISOString();
  const counted = await statistics({ from, to: new Date().toISOString(), signal });
  const states = counted?.byState ?? counted?.states;
  if (states) {
    const { delivered = 0, failed = 0 } = states;
    const count = Object.entries(states).reduce((sum, [state, n]) => (state === 'skipped' ? sum : sum + n), 0);
    return { whole: true, count, rate: share(delivered, delivered + failed) };
  }
  const { items, nextCursor } = await listDeliveries({ from }, { limit: 200, signal });
  const sent = items.filter((delivery) => delivery.state !== 'skipped');
  const delivered = sent.filter((delivery) => delivery.state === 'delivered').length;
  return { whole: nextCursor === null, count: sent.length, rate: share(delivered, sent.length) };
}

const share = (part, whole) => (whole === 0 ? null : part / whole);
