// Signing in with the OpenID Connect provider that the server names: authorization code with PKCE (RFC 7636), from the
// browser, since the console is a public client. Without such a provider nothing here is used.
import { refreshToken, useToken } from './tokens.js';

const STARTED = 'tidings.sign-in';
const FINISHED = 'tidings.signed-in-at';
const SOON_MILLIS = 30_000;

const settings = JSON.parse(document.querySelector('meta[name=tidings-sign-in]')?.content || 'null');
let discovered;

export const isAvailable = settings !== null;

/** The provider's own description of its addresses. */
function provider() {
  discovered ??= fetch(`${settings.issuer}/.well-known/openid-configuration`).then((answer) => {
    if (!answer.ok) {
      throw new Error(`${settings.issuer}: ${answer.status}`);
    }
    return answer.json();
  });
  return discovered;
}

const text64 = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

const random = () => text64(crypto.getRandomValues(new Uint8Array(32)));

const home = () => `${location.origin}/`;

/** Whether a sign-in has just ended: a token that is refused then would be refused again, and again. */
export const hasJustFinished = () => Date.now() - Number(sessionStorage.getItem(FINISHED) ?? 0) < SOON_MILLIS;

/** Leaves for the provider, and comes back to the address of now. */
export async function signIn() {
  const { authorization_endpoint: endpoint } = await provider();
  const started = { verifier: random(), state: random(), address: location.pathname + location.search };
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(started.verifier));
  sessionStorage.setItem(STARTED, JSON.stringify(started));
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: settings.clientId,
    redirect_uri: home(),
    scope: settings.scope,
    state: started.state,
    code_challenge: text64(new Uint8Array(digest)),
    code_challenge_method: 'S256',
  });
  location.assign(`${endpoint}?${query}`);
}

/** Takes what the provider sent the browser back with, where it did; answers what went wrong, or nothing. */
export async function finish() {
  const answer = new URLSearchParams(location.search);
  const started = JSON.parse(sessionStorage.getItem(STARTED) ?? 'null');
  if (!isAvailable || location.pathname !== '/' || !started || answer.get('state') !== started.state) {
    return undefined; // Not an answer to this tab's question.
  }
  sessionStorage.removeItem(STARTED);
  history.replaceState(null, '', started.address);
  if (answer.has('error')) {
    return answer.get('error_description') ?? answer.get('error');
  }
  sessionStorage.setItem(FINISHED, String(Date.now()));
  return exchange({ grant_type: 'authorization_code', code: answer.get('code'), redirect_uri: home(), code_verifier: started.verifier });
}

let renewing = null;

/** A new token for an old one; answers whether there is one. Requests that fail together share the question. */
export function renew() {
  renewing ??= renewOnce().finally(() => (renewing = null));
  return renewing;
}

async function renewOnce() {
  const refresh = refreshToken();
  return isAvailable && refresh !== null && (await exchange({ grant_type: 'refresh_token', refresh_token: refresh })) === undefined;
}

async function exchange(grant) {
  try {
    const { token_endpoint: endpoint } = await provider();
    const answer = await fetch(endpoint, { method: 'POST', body: new URLSearchParams({ client_id: settings.clientId, ...grant }) });
    const tokens = await answer.json();
    useToken(tokens.access_token, tokens.refresh_token);
    return answer.ok ? undefined : (tokens.error_description ?? tokens.error);
  } catch (failure) {
    useToken(null);
    return failure.message;
  }
}

/** Forgets the token here, and the session at the provider. */
export async function signOut() {
  useToken(null);
  const { end_session_endpoint: endpoint } = isAvailable ? await provider() : {};
  const query = new URLSearchParams({ client_id: settings?.clientId ?? '', post_logout_redirect_uri: home() });
  location.assign(endpoint ? `${endpoint}?${query}` : '/');
}
