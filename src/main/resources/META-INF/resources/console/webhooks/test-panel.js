import { html } from 'lit';
import { testWebhook } from '../api/webhooks.js';
import { advice } from '../parts/advice.js';
import { icon } from '../parts/icons.js';
import { moment, number } from '../parts/times.js';
import { answerBlock, factList, sentBlock, wireFacts } from '../parts/trace.js';
import { View } from '../parts/view.js';
import { said, t } from '../words/words.js';

/** Sends a test event, and shows what was sent, what came back, how long it took, and in words what is wrong. */
class TestPanel extends View {
  static properties = { webhook: { attribute: false }, busy: { state: true }, result: { state: true }, problem: { state: true } };

  render() {
    return html`<section class="card test" aria-labelledby="test-title">
      <h2 id="test-title">${t('test.title')}</h2>
      <p class="lead">${t('test.lead')}</p>
      <button class=${this.result ? '' : 'primary'} ?disabled=${this.busy} @click=${this.send}>
        ${icon('send')}${t(this.result ? 'test.again' : 'webhook.test')}
      </button>
      <div role="status" aria-live="polite">
        ${this.busy ? html`<p class="hint">${t('test.sending')}</p>` : ''}
        ${this.problem && !this.busy ? html`<div class="notice bad">${icon('alert')}<p>${this.problem}</p></div>` : ''}
        ${this.result && !this.busy ? this.outcome(this.result) : ''}
      </div>
      ${this.result && !this.busy ? this.details(this.result) : ''}
    </section>`;
  }

  outcome(result) {
    const words = { status: result.statusCode, millis: number(result.durationMillis) };
    const title = result.delivered ? 'test.good' : result.statusCode ? 'test.bad' : 'test.broken';
    return html`<div class="notice ${result.delivered ? 'good' : 'bad'}">${icon(result.delivered ? 'check' : 'alert')}
      <div>
        <p><strong>${t(title, words)}</strong></p>
        ${result.error ? html`<p>${said(result.error)}</p>` : ''}
        ${result.delivered ? '' : html`<p>${advice(result)}</p>`}
        <p class="faint">${t('test.ago', { time: moment(result.at) })}</p>
      </div>
    </div>`;
  }

  details(result) {
    return html`<h3>${t('test.request')}</h3>
      ${sentBlock(result, t('test.request'), JSON.stringify(result.requestBody, null, 2))}
      ${result.statusCode
        ? html`<h3>${t('test.answer')}</h3>
            ${answerBlock(result, t('test.answer'))} ${result.responseBody ? '' : html`<p class="hint">${t('test.emptyAnswer')}</p>`}`
        : ''}
      <h3>${t('trace.how')}</h3>
      ${factList(wireFacts(result))}`;
  }

  async send() {
    this.busy = true;
    this.problem = null;
    try {
      this.result = { ...(await testWebhook(this.webhook.id)).body, at: new Date().toISOString() };
    } catch (problem) {
      this.problem = problem.message;
    } finally {
      this.busy = false;
    }
  }
}

customElements.define('test-panel', TestPanel);
