// What the overview shows, counted from deliveries, or taken from the server's statistics where it has them.
export const PERIODS = {
  '1h': { millis: 3_600_000, bucketMillis: 120_000 },
  '24h': { millis: 86_400_000, bucketMillis: 3_600_000 },
  '7d': { millis: 604_800_000, bucketMillis: 21_600_000 },
};

const WAITING = ['pending', 'delivering', 'retrying'];

/** The state's group in charts and tiles. */
const groupOf = (state) => (WAITING.includes(state) ? 'waiting' : state);

const count = (items, keyOf) => {
  const counts = {};
  items.forEach((item) => (counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1));
  return counts;
};

/** Counts of deliveries by state, channel, feedback status and reason; and how long the delivered ones took. */
export function figuresOf(deliveries) {
  const groups = count(deliveries, (one) => groupOf(one.state));
  const millis = deliveries
    .filter((one) => one.state === 'delivered' && one.attemptCount === 1 && one.lastAttemptAt)
    .map((one) => Math.max(0, Date.parse(one.lastAttemptAt) - Date.parse(one.acceptedAt)))
    .sort((a, b) => a - b);
  return {
    accepted: deliveries.length,
    ...{ delivered: 0, failed: 0, waiting: 0, skipped: 0, ...groups },
    latency: percentiles(millis),
    channels: count(deliveries, (one) => one.channel),
    statuses: count(deliveries, (one) => one.feedbackStatus),
    reasons: top(deliveries.filter((one) => one.state === 'failed')),
  };
}

/** The server's counts in the same shape; null where it has none. */
export function figuresFrom(statistics) {
  if (!statistics) {
    return null;
  }
  const states = statistics.byState ?? statistics.states ?? {};
  const sum = (names) => names.reduce((total, name) => total + (states[name] ?? 0), 0);
  const latency = statistics.latencyMillis ?? statistics.latency ?? {};
  return {
    accepted: sum(Object.keys(states)),
    delivered: sum(['delivered']),
    failed: sum(['failed']),
    waiting: sum(WAITING),
    skipped: sum(['skipped']),
    latency: { p50: latency.p50, p95: latency.p95, p99: latency.p99 },
    channels: statistics.byChannel ?? statistics.channels ?? {},
    statuses: statistics.byFeedbackStatus ?? statistics.feedbackStatuses ?? {},
  };
}

const percentiles = (sorted) => {
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
};

const top = (failed) =>
  Object.entries(count(failed, (one) => one.reason ?? ''))
    .sort(([, a], [, b]) => b - a)
    .slice(0, 5);

/** Counts over time: { times, delivered, failed, waiting, skipped }, one value for each stretch of the period. */
export function seriesOf(deliveries, period, now = Date.now()) {
  const { millis, bucketMillis } = PERIODS[period];
  const end = Math.ceil(now / bucketMillis) * bucketMillis;
  const length = millis / bucketMillis;
  const times = Array.from({ length }, (none, i) => end - (length - i) * bucketMillis);
  const series = { times, delivered: [], failed: [], waiting: [], skipped: [] };
  Object.keys(series).forEach((name) => name !== 'times' && (series[name] = new Array(length).fill(0)));
  for (const one of deliveries) {
    const at = Math.floor((Date.parse(one.acceptedAt) - times[0]) / bucketMillis);
    if (at >= 0 && at < length) {
      series[groupOf(one.state)][at]++;
    }
  }
  return series;
}
