import { html } from 'lit';
import { createWebhook, getWebhook, ownWebhook, putWebhook } from '../api/webhooks.js';
import { askToLeave } from '../parts/ask.js';
import { icon } from '../parts/icons.js';
import { LoadedView } from '../parts/loaded-view.js';
import { relative } from '../parts/times.js';
import { toast } from '../parts/toast.js';
import { go, guardWith, href } from '../shell/router.js';
import { WEBHOOKS } from '../shell/routes.js';
import { said, t } from '../words/words.js';
import './authentication-section.js';
import './basic-section.js';
import './headers-section.js';
import './tls-section.js';
import { claimsFault, differences, draftOf, emptyDraft, requestOf } from './webhook-draft.js';

/** Creates or edits a webhook: Basic Configuration, Authentication, Header Parameters, Submit. */
class WebhookFormView extends LoadedView {
  static properties = {
    draft: { state: true },
    faults: { state: true },
    busy: { state: true },
    theirs: { state: true },
    existing: { state: true },
    refused: { state: true },
  };

  #etag = null;
  #untouched = '';

  async load(signal) {
    const { id } = this.params;
    if (id) {
      const { body, etag } = await getWebhook(id, signal);
      this.take(body, etag);
    } else {
      this.existing = await ownWebhook(signal);
      this.start(emptyDraft());
    }
  }

  missing() {
    return { title: t('missing.title'), body: t('webhook.gone') };
  }

  disconnectedCallback() {
    guardWith(null);
    super.disconnectedCallback();
  }

  take(webhook, etag) {
    this.stored = webhook;
    this.#etag = etag;
    this.start(draftOf(webhook));
  }

  start(draft) {
    this.draft = draft;
    this.#untouched = JSON.stringify(draft);
    this.faults = {};
    this.theirs = null;
    this.refused = null;
    guardWith(null);
  }

  ready() {
    const title = this.stored ? t('webhook.editTitle', { name: this.stored.name }) : t('webhook.create');
    return html`<form class="webhook-form" novalidate @submit=${this.submit} @draft-changed=${this.changed}>
      <div class="head"><div><h1>${title}</h1></div></div>
      ${this.existing ? this.exists() : ''} ${this.theirs ? this.stale() : ''}
      <basic-section .draft=${this.draft} .faults=${this.faults}></basic-section>
      <authentication-section .draft=${this.draft} .faults=${this.faults}></authentication-section>
      <headers-section .draft=${this.draft} .faults=${this.faults}></headers-section>
      <tls-section .draft=${this.draft} .faults=${this.faults}></tls-section>
      ${this.refused ? this.wrong() : ''}
      <div class="submit">
        <button class="primary" ?disabled=${this.busy}>${t(this.busy ? 'form.submitting' : 'form.submit')}</button>
        <a class="button" href=${href(this.stored ? `${WEBHOOKS}/${this.stored.id}` : WEBHOOKS)}>${t('common.cancel')}</a>
      </div>
    </form>`;
  }

  exists() {
    return html`<div class="notice warn" role="alert">${icon('alert')}
      <div>
        <p><strong>${t('form.exists')}</strong></p>
        <p>${t('form.existsBody')} <a href=${href(`${WEBHOOKS}/${this.existing.id}`)}>${t('form.open')}: ${this.existing.name}</a></p>
      </div>
    </div>`;
  }

  stale() {
    const { body } = this.theirs;
    const fields = differences(this.draft, draftOf(body)).map((key) => t(key));
    return html`<div class="notice warn" role="alert" tabindex="-1" id="stale">${icon('alert')}
      <div>
        <p><strong>${t('form.stale')}</strong></p>
        <p>${t('form.staleBody', { name: body.modifiedBy, time: relative(body.modifiedAt) })}</p>
        ${fields.length ? html`<p>${t('form.staleDiffers', { fields: fields.join(', ') })}</p>` : ''}
        <div class="actions">
          <button type="button" @click=${() => this.take(body, this.theirs.etag)}>${t('form.staleTake')}</button>
          <button type="button" class="primary" @click=${this.submitOnTop}>${t('form.staleKeep')}</button>
        </div>
      </div>
    </div>`;
  }

  /** What no field shows is told here. */
  wrong() {
    const count = Object.keys(this.faults).length;
    const shown = new Set([...this.querySelectorAll('[data-field]')].map((element) => element.dataset.field));
    const others = Object.entries(this.faults).filter(([field]) => !shown.has(field));
    const title = count === 0 ? this.refused : t(count === 1 ? 'form.wrong' : 'form.wrongMany', { count });
    return html`<div class="notice bad" role="alert">${icon('alert')}
      <div>
        <p><strong>${title}</strong></p>
        ${others.map(([field, message]) => html`<p><code>${field}</code> ${message}</p>`)}
      </div>
    </div>`;
  }

  changed(event) {
    const faults = { ...this.faults };
    event.detail.fields.forEach((field) => delete faults[field]);
    this.faults = faults;
    this.refused = Object.keys(faults).length === 0 ? null : this.refused;
    guardWith(JSON.stringify(this.draft) === this.#untouched ? null : askToLeave);
    this.draft = { ...this.draft }; // Another object, so that the sections render.
  }

  submitOnTop() {
    this.#etag = this.theirs.etag;
    this.theirs = null;
    this.submit();
  }

  async submit(event) {
    event?.preventDefault();
    if (this.busy) {
      return;
    }
    if (this.draft.auth.type === 'jwt' && claimsFault(this.draft.auth.claims)) {
      this.querySelector('[data-field="authentication.claims"]').focus();
      return;
    }
    this.busy = true;
    try {
      await this.send();
    } catch (problem) {
      await this.refuse(problem);
    } finally {
      this.busy = false;
    }
  }

  async send() {
    const body = requestOf(this.draft);
    const answer = this.stored ? await putWebhook(this.stored.id, body, this.#etag) : await createWebhook(body);
    toast(t(this.stored ? 'form.saved' : 'form.created'));
    guardWith(null);
    go(href(`${WEBHOOKS}/${answer.body.id}`), { replace: true });
  }

  async refuse(problem) {
    if (problem.status === 412) {
      this.theirs = await getWebhook(this.stored.id);
      await this.updateComplete;
      this.querySelector('#stale').focus();
      return;
    }
    if (problem.status === 409) {
      this.existing = await ownWebhook();
    }
    this.refused = problem.message;
    this.faults = faultsOf(problem);
    await this.updateComplete;
    requestAnimationFrame(() => this.firstWrong()?.focus());
  }

  firstWrong() {
    return [...this.querySelectorAll('[data-field]')].find((element) => this.faults[element.dataset.field]);
  }
}

/** By field; what is told of a part of a field is shown at the field. */
function faultsOf(problem) {
  const faults = {};
  for (const { field, message } of problem.violations) {
    const at = field.replace(/^(channels)\[.*/, '$1').replace(/^(authentication\.claims)\..*/, '$1');
    const words = at === field || at === 'channels' ? said(message) : `${field.slice(at.length + 1)} ${said(message)}`;
    faults[at] = faults[at] ? `${faults[at]}; ${words}` : words;
  }
  return faults;
}

customElements.define('webhook-form-view', WebhookFormView);
