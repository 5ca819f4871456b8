import { html } from 'lit';
import { icon } from '../parts/icons.js';
import { relative } from '../parts/times.js';
import { said, t } from '../words/words.js';

export const STATES = ['pending', 'delivering', 'retrying', 'delivered', 'failed', 'skipped'];

const looks = {
  pending: ['', 'clock'],
  delivering: ['busy', 'send'],
  retrying: ['warn', 'refresh'],
  delivered: ['good', 'check'],
  failed: ['bad', 'close'],
  skipped: ['', 'skip'],
};

/** Where a delivery stands; colour is never alone. */
export const deliveryState = (state) => {
  const [kind, shape] = looks[state] ?? ['', 'info'];
  return html`<span class="badge ${kind}">${icon(shape)}${t(`state.${state}`)}</span>`;
};

/** Whether nothing more happens to it by itself. */
export const isFinal = (state) => ['delivered', 'failed', 'skipped'].includes(state);

/** What it waits for, in words; empty: it does not wait. */
export const waitOf = ({ waitingFor, nextAttemptAt }) => (waitingFor ? t(`wait.${waitingFor}`, { time: relative(nextAttemptAt) }) : '');

/** Why it is not delivered, in words; empty: there is nothing to say. */
export const reasonOf = (delivery) =>
  said(delivery.reason ?? (['retrying', 'delivering', 'pending'].includes(delivery.state) ? delivery.lastError : ''));
