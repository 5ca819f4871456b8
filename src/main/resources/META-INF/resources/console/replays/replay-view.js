import { html } from 'lit';
import { cancelReplay, getReplay } from '../api/replays.js';
import { ask } from '../parts/ask.js';
import { icon } from '../parts/icons.js';
import { LoadedView } from '../parts/loaded-view.js';
import { moment, number } from '../parts/times.js';
import { toast } from '../parts/toast.js';
import { href } from '../shell/router.js';
import { said, t } from '../words/words.js';
import { counted, hasEnded, progressBar, replayState, selection } from './replay-state.js';

/** One replay: how far it is, what it selects, what it passed over. Follows it to its end, and can cancel it. */
class ReplayView extends LoadedView {
  static every = 1000;
  static properties = { replay: { state: true } };

  async load(signal) {
    this.replay = await getReplay(this.params.id, signal);
  }

  over() {
    return hasEnded(this.replay);
  }

  missing() {
    return { title: t('missing.title'), body: t('replay.gone') };
  }

  ready() {
    const { replay } = this;
    return html`<div class="head">
        <div>
          <h1>${t('replay.title')} ${replayState(replay.state)}</h1>
          <p>${moment(replay.createdAt)}, ${t('inventory.by', { name: replay.createdBy })}</p>
        </div>
        <div class="tools">
          ${hasEnded(replay) ? '' : html`<button class="danger" @click=${this.cancel}>${icon('close')}${t('replay.cancel')}</button>`}
          <a class="button" href=${href('deliveries', { query: this.query() })}>${icon('deliveries')}${t('replay.seeDeliveries')}</a>
          <a class="button" href=${href('replays')}>${t('replay.toList')}</a>
        </div>
      </div>
      ${replay.reason ? html`<div class="notice bad">${icon('alert')}<p>${said(replay.reason)}</p></div>` : ''}
      <section class="card" aria-live="polite">
        <h2>${t('replays.progress')}</h2>
        ${progressBar(replay)} ${this.left()}
      </section>
      <div class="columns">
        ${facts(t('replays.selection'), this.selected())}
        ${facts(t('replay.numbers'), [
          [t('replay.counted'), counted(replay)],
          [t('replay.replayed'), number(replay.replayed)],
          ...replay.skippedBecause.map(({ reason, deliveries }) => [said(reason), number(deliveries)]),
          [t('replays.rate'), t('replay.perSecond', { count: number(replay.ratePerSecond) })],
          ...(replay.startedAt ? [[t('replay.startedAt'), moment(replay.startedAt)]] : []),
          ...(replay.endedAt ? [[t('replay.endedAt'), moment(replay.endedAt)]] : []),
        ])}
      </div>`;
  }

  query() {
    return this.replay.filter;
  }

  selected() {
    const parts = selection(this.replay.filter);
    return parts.length ? parts : [[t('replays.selection'), t('replay.everything')]];
  }

  left() {
    const { replay } = this;
    const open = replay.counted - replay.replayed - replay.skipped;
    if (hasEnded(replay) || open <= 0) {
      return html`<p class="hint">${t(`replay.${replay.state}Help`)}</p>`;
    }
    const minutes = Math.ceil(open / replay.ratePerSecond / 60);
    return html`<p class="hint">${t(`replay.${replay.state}Help`)} ${t(replay.countedAll ? 'replay.left' : 'replay.leftAtLeast', { minutes: number(minutes) })}</p>`;
  }

  async cancel() {
    if (!(await ask({ title: t('replay.cancelTitle'), body: t('replay.cancelBody'), confirm: t('replay.cancel'), cancel: t('replay.goOn'), danger: true }))) {
      return;
    }
    try {
      this.replay = await cancelReplay(this.replay.id);
      toast(t('replay.cancelledNow'));
    } catch (problem) {
      toast(problem.message, 'bad');
      await this.reload({ quietly: true });
    }
  }
}

const facts = (title, rows) =>
  html`<section class="card">
    <h2>${title}</h2>
    <dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
  </section>`;

customElements.define('replay-view', ReplayView);
