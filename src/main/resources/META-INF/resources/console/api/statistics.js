import { call } from './client.js';

const DAY_MILLIS = 86_400_000;

/** The server's counts for a period; null where it has none to give. */
export async function statistics({ from, to = new Date().toISOString(), interval, signal, of }) {
  try {
    const query = new URLSearchParams({ from, to, ...(interval ? { interval } : {}) });
    return (await call('GET', `statistics?${query}`, { signal, ...(of ? { of } : {}) })).body;
  } catch (problem) {
    if (problem.status === 404) {
      return null;
    }
    throw problem;
  }
}

/** How many deliveries the last 24 h had and what share arrived (null: none has ended); null without statistics. */
export async function lastDay(signal, of) {
  const counted = await statistics({ from: new Date(Date.now() - DAY_MILLIS).toISOString(), signal, of });
  return counted && { count: counted.accepted - (counted.states.skipped ?? 0), rate: counted.successRate ?? null };
}
