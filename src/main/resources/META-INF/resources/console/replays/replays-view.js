import { html } from 'lit';
import { listReplays } from '../api/replays.js';
import { icon } from '../parts/icons.js';
import { LoadedView } from '../parts/loaded-view.js';
import { moment, number, relative } from '../parts/times.js';
import { toast } from '../parts/toast.js';
import { href } from '../shell/router.js';
import { t } from '../words/words.js';
import { hasEnded, progressBar, replayState, selection } from './replay-state.js';

/** All replays of the sandbox, newest first; follows those that have not ended. */
class ReplaysView extends LoadedView {
  static every = 3000;
  static properties = { replays: { state: true }, cursor: { state: true } };

  async load(signal) {
    const page = await listReplays({ signal });
    this.replays = page.items;
    this.cursor = page.nextCursor;
  }

  over() {
    return this.replays.every(hasEnded);
  }

  ready() {
    return html`<div class="head">
        <div>
          <h1>${t('nav.replays')}</h1>
          <p>${t('replays.lead')}</p>
        </div>
        <div class="tools"><a class="button primary" href=${href('replays/new', { query: { state: 'failed' } })}>${icon('replay')}${t('replay.new')}</a></div>
      </div>
      ${this.replays.length === 0 ? this.empty() : this.table()}`;
  }

  empty() {
    return html`<div class="card">
      <div class="state">
        ${icon('replay')}
        <h2>${t('replays.empty')}</h2>
        <p>${t('replays.emptyBody')}</p>
        <a class="button" href=${href('deliveries', { query: { state: 'failed' } })}>${t('replays.toFailed')}</a>
      </div>
    </div>`;
  }

  table() {
    return html`<div class="card flush" tabindex="0" role="region" aria-label=${t('nav.replays')}>
        <table>
          <caption class="sr-only">${t('nav.replays')}</caption>
          <thead>
            <tr>${['created', 'selection', 'state', 'progress', 'rate'].map((head) => html`<th scope="col">${t(`replays.${head}`)}</th>`)}</tr>
          </thead>
          <tbody>${this.replays.map((replay) => this.row(replay))}</tbody>
        </table>
      </div>
      ${this.cursor ? html`<button @click=${this.more}>${t('campaigns.more')}</button>` : ''}`;
  }

  row(replay) {
    const parts = selection(replay.filter).filter(([name]) => name !== t('deliveries.to') || replay.filter.from);
    const cell = (key, content) => html`<td data-label=${t(`replays.${key}`)}>${content}</td>`;
    return html`<tr>
      <th scope="row">
        <a href=${href(`replays/${replay.id}`)}><time datetime=${replay.createdAt} title=${moment(replay.createdAt)}>${relative(replay.createdAt)}</time></a>
        <small>${t('inventory.by', { name: replay.createdBy })}</small>
      </th>
      ${cell('selection', parts.length ? parts.map(([name, value]) => html`<div><span class="faint">${name}:</span> ${value}</div>`) : t('replay.everything'))}
      ${cell('state', replayState(replay.state))} ${cell('progress', progressBar(replay))}
      ${cell('rate', html`<span class="nowrap">${t('replay.perSecond', { count: number(replay.ratePerSecond) })}</span>`)}
    </tr>`;
  }

  async more() {
    try {
      const page = await listReplays({ cursor: this.cursor });
      this.replays = [...this.replays, ...page.items];
      this.cursor = page.nextCursor;
    } catch (problem) {
      toast(problem.message, 'bad');
    }
  }
}

customElements.define('replays-view', ReplaysView);
