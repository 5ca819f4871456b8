import { html } from 'lit';
import { deleteWebhook, getWebhook, pauseWebhook, resumeWebhook } from '../api/webhooks.js';
import { ask } from '../parts/ask.js';
import { icon } from '../parts/icons.js';
import { LoadedView } from '../parts/loaded-view.js';
import { moment, relative } from '../parts/times.js';
import { toast } from '../parts/toast.js';
import { go, href, tenant } from '../shell/router.js';
import { WEBHOOKS } from '../shell/routes.js';
import { said, t } from '../words/words.js';
import { authName, channelNames, stateBadge } from './state-badge.js';
import './test-panel.js';

/** The opened webhook: its settings, and what can be done with it. */
class WebhookView extends LoadedView {
  static properties = { webhook: { state: true } };

  async load(signal) {
    this.webhook = (await getWebhook(this.params.id, signal)).body;
  }

  missing() {
    return { title: t('missing.title'), body: t('webhook.gone') };
  }

  ready() {
    const { webhook } = this;
    const here = `${WEBHOOKS}/${webhook.id}`;
    return html`<div class="head">
        <div>
          <h1>${webhook.name} ${stateBadge(webhook)}</h1>
          <p>
            <time datetime=${webhook.modifiedAt} title=${moment(webhook.modifiedAt)}
              >${t('inventory.modified')}: ${relative(webhook.modifiedAt)}</time
            >, ${t('inventory.by', { name: webhook.modifiedBy })}
          </p>
        </div>
        <div class="tools">
          <a class="button primary" href=${href(`${here}/edit`)}>${icon('edit')}${t('webhook.edit')}</a>
          ${webhook.state === 'active'
            ? html`<button @click=${this.pause}>${icon('pause')}${t('webhook.pause')}</button>`
            : html`<button @click=${this.resume}>${icon('play')}${t('webhook.resume')}</button>`}
          <a class="button" href=${href(`${here}/guide`)}>${icon('book')}${t('webhook.guide')}</a>
          <a class="button" href=${href('deliveries')}>${icon('deliveries')}${t('webhook.seeDeliveries')}</a>
          <button class="danger" @click=${this.erase}>${icon('trash')}${t('webhook.delete')}</button>
        </div>
      </div>
      ${webhook.state === 'paused' ? this.pausedNotice() : ''} ${webhook.health.state === 'unstable' ? this.unstableNotice() : ''}
      <div class="columns">
        <div>${this.basic()} ${this.authentication()} ${this.headers()} ${this.tls()}</div>
        <test-panel .webhook=${webhook}></test-panel>
      </div>`;
  }

  pausedNotice() {
    const why = this.webhook.stateReason;
    return html`<div class="notice warn">${icon('pause')}
      <div>
        <p><strong>${t('webhook.isPaused')}</strong></p>
        ${why ? html`<p>${t('webhook.pausedBecause', { reason: said(why) })}</p>` : ''}
      </div>
    </div>`;
  }

  unstableNotice() {
    const { health } = this.webhook;
    return html`<div class="notice warn">${icon('info')}
      <div>
        <p><strong>${t('webhook.isUnstable')}</strong></p>
        <p>${t('health.why', { since: moment(health.since), reason: said(health.reason) })}</p>
      </div>
    </div>`;
  }

  basic() {
    const { webhook } = this;
    return facts(t('form.basic'), [
      [t('form.name'), webhook.name],
      [t('form.channels'), channelNames(webhook)],
      [t('form.url'), html`<span class="url">${webhook.url}</span>`],
      [t('form.version'), t(`form.version${webhook.payloadVersion}`)],
      [t('webhook.createdAt'), `${moment(webhook.createdAt)}, ${webhook.createdBy}`],
    ]);
  }

  authentication() {
    const { authentication, signing } = this.webhook;
    const jwt = authentication.type === 'jwt';
    return facts(t('form.auth'), [
      [t('form.auth'), authName(this.webhook)],
      ...(jwt
        ? [
            authentication.keySource === 'generated'
              ? [t('form.keySet'), html`<code>${location.origin}${authentication.keySet}</code>`]
              : [t(authentication.algorithm.startsWith('HS') ? 'form.secret' : 'form.privateKey'), masked()],
            [t('form.claims'), html`<pre tabindex="0">${JSON.stringify(authentication.claims, null, 2)}</pre>`],
            [t('form.ttl'), authentication.ttlSeconds],
            [t('form.keyId'), authentication.keyId ?? t('common.none')],
            ...(authentication.bodyHashClaim ? [[t('form.bodyHash'), html`<code>${authentication.bodyHashClaim}</code>`]] : []),
            [t('form.previewSent'), html`<code>${authentication.headerName}: ${authentication.prefix}…</code>`],
          ]
        : []),
      ...(authentication.type === 'basic' ? [[t('form.username'), authentication.username], [t('form.password'), masked()]] : []),
      ...(authentication.type === 'oauth2' ? this.client(authentication) : []),
      [t('webhook.signing'), signing.type === 'none' ? t('webhook.signingNone') : t(signing.type === 'ed25519' ? 'webhook.signingEd25519' : 'webhook.signingHmac')],
      ...(signing.publicKey ? [[t('webhook.publicKey'), html`<code>${signing.publicKey}</code>`]] : []),
      ...(signing.overlapUntil ? [[t('form.overlap'), t('form.overlapUntil', { time: moment(signing.overlapUntil) })]] : []),
    ]);
  }

  client({ tokenUrl, clientId, scope, audience }) {
    return [
      [t('form.tokenUrl'), html`<span class="url">${tokenUrl}</span>`],
      [t('form.clientId'), clientId],
      [t('form.clientSecret'), masked()],
      [t('form.scope'), scope ?? t('common.none')],
      ...(audience ? [[t('form.audience'), audience]] : []),
    ];
  }

  /** Nothing is shown where everything is as usual. */
  tls() {
    const { tls } = this.webhook;
    return tls.caCertificates || tls.clientKeySet
      ? html`${tls.warning ? html`<div class="notice warn">${icon('alert')}<p>${said(tls.warning)}</p></div>` : ''}
        ${facts(t('form.tls'), [
          [t('form.caCertificates'), tls.caCertificates ? t('webhook.isSet') : t('common.none')],
          [t('form.clientCertificate'), tls.clientKeySet ? t('webhook.isSet') : t('common.none')],
          [t('webhook.certificateEnds'), moment(tls.expiresAt)],
        ])}`
      : '';
  }

  headers() {
    const { headers, sendTraceparent } = this.webhook;
    return facts(t('form.headers'), [
      ...(headers.length === 0
        ? [[t('form.headers'), t('webhook.noHeaders')]]
        : headers.map(({ name, value }) => [html`<code>${name}</code>`, html`<code>${value}</code>`])),
      ...(sendTraceparent ? [[html`<code>traceparent</code>`, t('webhook.traceparent')]] : []),
    ]);
  }

  async pause() {
    const { name } = this.webhook;
    const sure = { title: t('webhook.pauseTitle', { name }), body: t('webhook.pauseBody'), confirm: t('webhook.pause') };
    await this.doing(sure, pauseWebhook, 'webhook.paused');
  }

  async resume() {
    const { name, url } = this.webhook;
    const sure = { title: t('webhook.resumeTitle', { name }), body: t('webhook.resumeBody', { url }), confirm: t('webhook.resume') };
    await this.doing(sure, resumeWebhook, 'webhook.resumed');
  }

  async doing(question, action, done) {
    if (!(await ask(question))) {
      return;
    }
    try {
      await action(this.webhook.id);
      toast(t(done));
    } catch (problem) {
      toast(problem.message, 'bad');
    }
    await this.reload({ quietly: true });
  }

  async erase() {
    const body = html`<p>${t('webhook.deleteBody', tenant())}</p>
      <ul>
        <li>${t('webhook.deleteOne')}</li>
        <li>${t('webhook.deleteTwo')}</li>
        <li>${t('webhook.deleteThree')}</li>
      </ul>`;
    const title = t('webhook.deleteTitle', this.webhook);
    if (!(await ask({ title, body, confirm: t('webhook.delete'), danger: true }))) {
      return;
    }
    try {
      await deleteWebhook(this.webhook.id);
      toast(t('webhook.deleted'));
      go(href(WEBHOOKS));
    } catch (problem) {
      toast(problem.message, 'bad');
    }
  }
}

const masked = () => html`<span class="faint">${t('webhook.masked')}</span>`;

const facts = (title, rows) =>
  html`<section class="card">
    <h2>${title}</h2>
    <dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
  </section>`;

customElements.define('webhook-view', WebhookView);
