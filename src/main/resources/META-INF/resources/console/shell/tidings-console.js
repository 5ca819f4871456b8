import { html, nothing } from 'lit';
import { signOut } from '../api/open-id.js';
import '../api/sign-in.js';
import { token } from '../api/tokens.js';
import { icon } from '../parts/icons.js';
import { View } from '../parts/view.js';
import '../parts/toast.js';
import { chooseLanguage, keep, language, t } from '../words/words.js';
import { go, href, place, remember } from './router.js';
import { match, WEBHOOKS } from './routes.js';
import './missing-view.js';
import './tenant-switcher.js';

const NAV = [
  { path: 'overview', icon: 'overview', label: 'nav.overview' },
  { path: 'deliveries', icon: 'deliveries', label: 'nav.deliveries' },
  { path: 'replays', icon: 'replay', label: 'nav.replays' },
  { path: 'campaigns', icon: 'campaigns', label: 'nav.campaigns' },
];

/** The frame around every screen: navigation, tenant, language and theme. */
class TidingsConsole extends View {
  static properties = { screen: { state: true }, crumbs: { state: true }, open: { state: true }, section: { state: true } };

  #shown = '';

  constructor() {
    super();
    this.open = false;
    this.crumbs = [];
    this.section = '';
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('place-changed', () => this.show());
    window.addEventListener('language-changed', () => this.nameDocument());
    this.show();
  }

  async show() {
    const { tenant, segments } = place();
    if (segments === null || segments.length === 0) {
      go(href('overview', { of: tenant }), { replace: true });
      return;
    }
    remember(tenant);
    this.open = false;
    this.section = segments.join('/');
    const found = match(segments);
    const key = JSON.stringify([tenant, found?.route.path, found?.params]);
    if (key === this.#shown) {
      this.screen?.placeChanged?.();
      return;
    }
    this.#shown = key;
    await this.replace(found, key);
  }

  async replace(found, key) {
    const tag = await (found ? found.route.load().then(() => found.route.tag) : Promise.resolve('missing-view')).catch(
      () => 'broken-view',
    );
    if (key !== this.#shown) {
      return; // Another screen was asked for meanwhile.
    }
    const screen = document.createElement(tag);
    screen.params = found?.params ?? {};
    this.screen = screen;
    this.crumbs = found?.route.crumbs ?? ['missing.title'];
    this.nameDocument();
    window.scrollTo(0, 0);
    if (document.activeElement !== document.body) {
      this.querySelector('main')?.focus({ preventScroll: true });
    }
  }

  nameDocument() {
    document.title = `${t(this.crumbs.at(-1) ?? 'nav.overview')} · Tidings`;
  }

  render() {
    return html`
      <a class="skip" href="#content" @click=${this.skip}>${t('nav.skip')}</a>
      <div class="shell ${this.open ? 'nav-open' : ''}" @keydown=${this.closeOnEscape}>
        <aside class="side">${this.brand()} ${this.navigation()}</aside>
        <div class="veil" @click=${() => (this.open = false)}></div>
        <header class="bar">${this.bar()}</header>
        <main id="content" class="content" tabindex="-1">${this.screen ?? this.arriving()}</main>
      </div>
      <toast-region></toast-region>
      <sign-in></sign-in>
    `;
  }

  /** Until the first screen's modules are here. */
  arriving() {
    return html`<h1 class="sr-only">${t('common.loading')}</h1>
      <div class="card loading" role="status" aria-label=${t('common.loading')}><i></i><i></i><i></i><i></i></div>`;
  }

  brand() {
    return html`<a class="brand" href=${href('overview')}>
      <img src="/console/favicon.svg" alt="" width="28" height="28" /><span>Tidings</span>
    </a>`;
  }

  navigation() {
    const link = (path, name, label) => html`<li>
      <a href=${href(path)} aria-current=${this.section.startsWith(path) ? 'page' : nothing}>${icon(name)}${t(label)}</a>
    </li>`;
    return html`<nav aria-label=${t('nav.main')} id="navigation">
      <ul>
        ${NAV.map((item) => link(item.path, item.icon, item.label))}
      </ul>
      <h2>${t('nav.administration')}</h2>
      <h3>${t('nav.channels')}</h3>
      <ul>
        ${link(WEBHOOKS, 'settings', 'nav.webhooks')}
      </ul>
      <p class="foot"><a href="/q/openapi" target="_blank" rel="noopener">${t('nav.api')}</a></p>
    </nav>`;
  }

  bar() {
    const dark = document.documentElement.getAttribute('theme') === 'dark';
    const other = language() === 'zh' ? 'en' : 'zh';
    return html`
      <button
        class="quiet hamburger"
        aria-label=${t(this.open ? 'nav.close' : 'nav.open')}
        aria-expanded=${this.open}
        aria-controls="navigation"
        @click=${() => (this.open = !this.open)}
      >
        ${icon(this.open ? 'close' : 'menu')}
      </button>
      <nav class="crumbs" aria-label=${t('nav.breadcrumb')}>
        <ol>
          ${this.crumbs.map((key, i) => this.crumb(key, i === this.crumbs.length - 1))}
        </ol>
      </nav>
      <tenant-switcher></tenant-switcher>
      <button class="quiet" lang=${other === 'zh' ? 'zh-Hans' : 'en'} @click=${() => chooseLanguage(other)} title=${t('language.switch')}>
        ${icon('language')}<span class="sr-only">${t('language.switch')}</span>
      </button>
      <button class="quiet" @click=${() => this.paint(dark ? 'light' : 'dark')} title=${t(dark ? 'theme.light' : 'theme.dark')}>
        ${icon(dark ? 'sun' : 'moon')}<span class="sr-only">${t(dark ? 'theme.light' : 'theme.dark')}</span>
      </button>
      ${token()
        ? html`<button class="quiet" @click=${signOut} title=${t('token.forget')}>${icon('leave')}<span class="sr-only">${t('token.forget')}</span></button>`
        : ''}
    `;
  }

  crumb(key, last) {
    const linked = { 'nav.webhooks': WEBHOOKS, 'nav.deliveries': 'deliveries', 'nav.replays': 'replays' }[key];
    if (last) {
      return html`<li aria-current="page">${t(key)}</li>`;
    }
    return html`<li>${linked ? html`<a href=${href(linked)}>${t(key)}</a>` : t(key)}</li>`;
  }

  paint(theme) {
    document.documentElement.setAttribute('theme', theme);
    keep('tidings.theme', theme);
    window.dispatchEvent(new CustomEvent('theme-changed'));
    this.requestUpdate();
  }

  skip(event) {
    event.preventDefault();
    this.querySelector('main').focus();
  }

  closeOnEscape(event) {
    if (event.key === 'Escape' && this.open) {
      this.open = false;
      this.querySelector('.hamburger').focus();
    }
  }
}

customElements.define('tidings-console', TidingsConsole);
