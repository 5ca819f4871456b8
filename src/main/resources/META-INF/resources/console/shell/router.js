// The address is the state: /@organization/sandbox/path?query. Every screen can be linked to, reloaded and gone back to.
import { keep } from '../words/words.js';

const TENANT = 'tidings.tenant';
const RECENT = 'tidings.tenants';
let guard = null;
let shown = location.href;

function kept(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** Where we are. */
export function place() {
  const [at, sandbox, ...segments] = location.pathname.slice(1).split('/').map(decoded);
  if (!at?.startsWith('@') || at.length < 2 || !sandbox) {
    return { tenant: kept(TENANT, { imsOrg: 'myImsOrg', sandbox: 'prod' }), segments: null, query: new URLSearchParams() };
  }
  return {
    tenant: { imsOrg: at.slice(1), sandbox },
    segments: segments.filter((segment) => segment !== ''),
    query: new URLSearchParams(location.search),
  };
}

function decoded(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

export const tenant = () => place().tenant;

/** The tenants that were seen last in this browser, the newest first. */
export const recentTenants = () => kept(RECENT, []);

export function remember(seen) {
  const others = recentTenants().filter((one) => one.imsOrg !== seen.imsOrg || one.sandbox !== seen.sandbox);
  keep(TENANT, JSON.stringify(seen));
  keep(RECENT, JSON.stringify([seen, ...others].slice(0, 8)));
}

/** The address of a path, in this tenant or another. */
export function href(path, { query, of = tenant() } = {}) {
  const words = new URLSearchParams(query ?? {}).toString();
  const place = `/@${encodeURIComponent(of.imsOrg)}/${encodeURIComponent(of.sandbox)}/${path}`;
  return words === '' ? place : `${place}?${words}`;
}

/** While there is one, it is asked before the page is left: a function that answers, or promises, whether to leave. */
export function guardWith(asked) {
  guard = asked;
}

async function mayLeave() {
  return guard === null || (await guard());
}

export async function go(address, { replace = false } = {}) {
  if (!(await mayLeave())) {
    return;
  }
  guard = null;
  history[replace ? 'replaceState' : 'pushState'](null, '', address);
  tell();
}

/** Another query for the same screen, without a step back to the one before. */
export function requery(query) {
  history.replaceState(null, '', href(place().segments.map(encodeURIComponent).join('/'), { query }));
  shown = location.href;
}

function tell() {
  shown = location.href;
  window.dispatchEvent(new CustomEvent('place-changed'));
}

window.addEventListener('popstate', async () => {
  if (guard === null) {
    tell();
    return;
  }
  const wanted = location.href;
  history.pushState(null, '', shown); // Stay while the question is open.
  go(wanted);
});

window.addEventListener('beforeunload', (event) => {
  if (guard !== null) {
    event.preventDefault();
  }
});

/** Links within the console change the address without loading the page anew. */
document.addEventListener('click', (event) => {
  const link = event.composedPath().find((element) => element instanceof HTMLAnchorElement);
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!link || !plain || event.defaultPrevented || link.target || link.hasAttribute('download')) {
    return;
  }
  const ours = link.origin === location.origin && (link.pathname === '/' || link.pathname.startsWith('/@'));
  if (ours) {
    event.preventDefault();
    go(link.href);
  }
});
