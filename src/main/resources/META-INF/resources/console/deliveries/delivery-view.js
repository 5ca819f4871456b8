import { html } from 'lit';
import { getDelivery, redeliver } from '../api/deliveries.js';
import { ask } from '../parts/ask.js';
import { codeBlock } from '../parts/code-block.js';
import { icon } from '../parts/icons.js';
import { answerBlock, factList, sentBlock, wireFacts } from '../parts/trace.js';
import { LoadedView } from '../parts/loaded-view.js';
import { moment, number } from '../parts/times.js';
import { toast } from '../parts/toast.js';
import { href } from '../shell/router.js';
import { WEBHOOKS } from '../shell/routes.js';
import { said, t } from '../words/words.js';
import { advice } from '../parts/advice.js';
import { deliveryState, isFinal, reasonOf, waitOf } from './delivery-state.js';

/** One delivery: where it stands and why, what was sent, and every attempt. Follows it until nothing more happens. */
class DeliveryView extends LoadedView {
  static every = 2000;
  static properties = { delivery: { state: true } };

  async load(signal) {
    this.delivery = await getDelivery(this.params.id, signal);
  }

  over() {
    return isFinal(this.delivery.state);
  }

  missing() {
    return { title: t('missing.title'), body: t('delivery.gone') };
  }

  ready() {
    const { delivery } = this;
    return html`<div class="head">
        <div>
          <h1>${t('delivery.title')} ${deliveryState(delivery.state)}</h1>
          <p class="mono">${delivery.eventId}</p>
        </div>
        <div class="tools">
          ${delivery.state === 'skipped' || delivery.state === 'delivering'
            ? ''
            : html`<button class="primary" @click=${this.again}>${icon('refresh')}${t('delivery.redeliver')}</button>`}
          <a class="button" href=${href('deliveries')}>${t('delivery.toList')}</a>
        </div>
      </div>
      ${this.why()}
      <div class="columns">
        <div>${this.facts()} ${this.attempts()}</div>
        <section class="card">
          <h2>${t('delivery.payload')}</h2>
          <p class="lead">${t('delivery.payloadHelp')}</p>
          ${codeBlock(JSON.stringify(delivery.payload, null, 2), t('delivery.payload'))}
        </section>
      </div>`;
  }

  why() {
    const { delivery } = this;
    const reason = reasonOf(delivery);
    const wait = waitOf(delivery);
    if (!reason && !wait) {
      return '';
    }
    const skipped = delivery.state === 'skipped';
    const kind = { failed: 'bad', skipped: '' }[delivery.state] ?? (reason ? 'warn' : '');
    return html`<div class="notice ${kind}">${icon(kind ? 'alert' : 'info')}
      <div>
        ${reason ? html`<p><strong>${reason}</strong></p>` : ''} ${wait ? html`<p>${wait}</p>` : ''}
        ${delivery.waitingFor === 'turn' ? html`<p>${t('wait.turnHelp')}</p>` : ''} ${fix(delivery)}
        ${reason && !skipped ? html`<p>${advice({ statusCode: delivery.lastStatusCode, error: delivery.lastError })}</p>` : ''}
      </div>
    </div>`;
  }

  facts() {
    const { delivery } = this;
    const rows = [
      [t('deliveries.accepted'), moment(delivery.acceptedAt)],
      [t('deliveries.message'), `${t(`channel.${delivery.channel}`)} · ${t(`status.${delivery.feedbackStatus}`)}`],
      [t('deliveries.request'), this.linked('requestId')],
      [t('deliveries.execution'), this.linked('messageExecutionID')],
      [t('deliveries.campaign'), this.linked('campaignID')],
      [t('delivery.eventId'), html`<code>${delivery.eventId}</code>`],
      [t('delivery.id'), html`<code>${delivery.id}</code>`],
    ];
    return html`<section class="card">
      <h2>${t('delivery.facts')}</h2>
      <dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
    </section>`;
  }

  /** To all deliveries that share the id. */
  linked(name) {
    const id = this.delivery[name];
    return html`<a href=${href('deliveries', { query: { [name]: id } })}><code>${id}</code></a>`;
  }

  attempts() {
    const { attempts } = this.delivery;
    return html`<section class="card">
      <h2>${t('delivery.attempts')} <span class="count">${attempts.length}</span></h2>
      ${attempts.length === 0 ? html`<p class="hint">${t('delivery.noAttempts')}</p>` : ''}
      <ol class="attempts" reversed>
        ${[...attempts].reverse().map((attempt) => this.attempt(attempt))}
      </ol>
    </section>`;
  }

  attempt(attempt) {
    const answer = attempt.statusCode ? t('delivery.status', { status: attempt.statusCode }) : t('delivery.noAnswer');
    return html`<li class=${attempt.outcome}>
      <div class="line">
        <strong>${t('delivery.attempt', { number: attempt.number })}</strong>
        <span class="badge ${{ delivered: 'good', failed: 'bad' }[attempt.outcome] ?? 'warn'}">${answer}</span>
        <span>${t(`outcome.${attempt.outcome}`)}</span>
      </div>
      <div class="faint">
        <time datetime=${attempt.startedAt}>${moment(attempt.startedAt)}</time> · ${t('delivery.took', { millis: number(attempt.durationMillis) })}
      </div>
      ${attempt.error ? html`<div>${said(attempt.error)}</div>` : ''}
      ${attempt.error ? html`<p class="hint">${advice(attempt)}</p>` : ''} ${this.trace(attempt)}
    </li>`;
  }

  /** How it went, as far as it is known; closed, so that ten attempts are still a page. */
  trace(attempt) {
    const { number } = attempt;
    const facts = wireFacts(attempt);
    const newest = number === this.delivery.attempts.at(-1).number;
    const part = (key, content, open = false) => html`<details ?open=${open}><summary>${t(key)}</summary>${content}</details>`;
    return html`${attempt.statusCode ? part('trace.answer', answerBlock(attempt, t('delivery.answer', { number })), newest) : ''}
      ${attempt.request ? part('trace.sent', sentBlock(attempt, t('delivery.sent', { number }))) : ''}
      ${facts.length ? part('trace.how', factList(facts)) : ''}`;
  }

  async again() {
    const question = { title: t('delivery.redeliverTitle'), body: t('delivery.redeliverBody'), confirm: t('delivery.redeliver') };
    if (!(await ask(question))) {
      return;
    }
    try {
      const { note } = await redeliver(this.delivery.id);
      toast(note ? said(note) : t('delivery.redelivered'));
    } catch (problem) {
      toast(problem.message, 'bad');
    }
    await this.reload({ quietly: true });
  }
}

/** Where a person can do something about it. */
function fix({ state, reason, waitingFor }) {
  if (state === 'skipped' && /campaign/.test(reason)) {
    return html`<p><a href=${href('campaigns')}>${t('delivery.fixCampaign')}</a></p>`;
  }
  return waitingFor === 'resume' || (state === 'skipped' && /webhook did|no webhook/.test(reason)) ? html`<p><a href=${href(WEBHOOKS)}>${t('delivery.fixWebhook')}</a></p>` : '';
}

customElements.define('delivery-view', DeliveryView);
