import { html } from 'lit';
import { icon } from '../parts/icons.js';
import { moment, number } from '../parts/times.js';
import { t } from '../words/words.js';

const looks = {
  queued: ['', 'clock'],
  running: ['busy', 'send'],
  completed: ['good', 'check'],
  cancelled: ['', 'skip'],
  failed: ['bad', 'close'],
};

const WORDS = { state: 'state', channel: 'channel', feedbackStatus: 'status' };

const LABELS = {
  state: 'deliveries.state',
  channel: 'deliveries.channel',
  feedbackStatus: 'deliveries.status',
  campaignID: 'deliveries.campaign',
  requestId: 'deliveries.request',
  messageExecutionID: 'deliveries.execution',
  from: 'deliveries.from',
  to: 'deliveries.to',
};

/** How far a replay is; colour is never alone. */
export const replayState = (state) => {
  const [kind, shape] = looks[state] ?? ['', 'info'];
  return html`<span class="badge ${kind}">${icon(shape)}${t(`replay.${state}`)}</span>`;
};

export const hasEnded = ({ state }) => ['completed', 'cancelled', 'failed'].includes(state);

const shown = (name, value) =>
  name in WORDS ? t(`${WORDS[name]}.${value}`) : name === 'from' || name === 'to' ? moment(value) : html`<code>${value}</code>`;

/** A filter in words: [name, value] of each part. */
export const selection = (filter) =>
  Object.keys(LABELS)
    .filter((name) => filter[name])
    .map((name) => [t(LABELS[name]), shown(name, filter[name])]);

/** The number of deliveries, as far as they were counted. */
export const counted = ({ counted: count, countedAll }) => (countedAll ? number(count) : t('replay.atLeast', { count: number(count) }));

/** How many have been looked at, of all. */
export const progressOf = (replay) => {
  const done = replay.replayed + replay.skipped;
  const all = replay.state === 'completed' ? done : Math.max(replay.counted, done);
  return { done, all };
};

/** The bar, and the same in words. */
export const progressBar = (replay) => {
  const { done, all } = progressOf(replay);
  const words = t('replay.progress', { done: number(done), all: replay.countedAll || hasEnded(replay) ? number(all) : counted(replay) });
  return html`<div class="progress">
    <progress max=${Math.max(all, 1)} .value=${all === 0 && hasEnded(replay) ? 1 : done} aria-label=${words}></progress>
    <span>${words}</span>
  </div>`;
};
