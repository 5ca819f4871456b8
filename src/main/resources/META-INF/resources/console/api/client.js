// The one place that talks to the server: the public API, in the name of the tenant in the address.
import { tenant } from '../shell/router.js';
import { said, t } from '../words/words.js';

const TOKEN = 'tidings.token';

/** What went wrong, in the server's words where it said some. */
export class Problem extends Error {
  constructor(status, body = {}) {
    super(said(body.detail) || t('error.unexpected', { status }));
    this.status = status;
    this.title = body.title ?? '';
    this.violations = body.violations ?? [];
  }

  /** The message for a field of the request, in the language of the page. */
  at(field) {
    return this.violations
      .filter((violation) => violation.field === field)
      .map((violation) => said(violation.message))
      .join('; ');
  }
}

export const token = () => sessionStorage.getItem(TOKEN);

export function useToken(value) {
  if (value) {
    sessionStorage.setItem(TOKEN, value);
  } else {
    sessionStorage.removeItem(TOKEN);
  }
}

/**
 * One request; answers { body, etag }, fails with a Problem.
 *
 * @param of the tenant; without a sandbox the request is for all of the organization's
 */
export async function call(method, path, { body, headers = {}, signal, of = tenant() } = {}) {
  const sent = { accept: 'application/json', 'x-gw-ims-org-id': of.imsOrg, ...headers };
  if (of.sandbox) {
    sent['x-sandbox-name'] = of.sandbox;
  }
  if (token()) {
    sent.authorization = `Bearer ${token()}`;
  }
  if (body !== undefined) {
    sent['content-type'] = 'application/json';
  }
  const response = await fetch(`/v1/${path}`, { method, headers: sent, signal, body: body && JSON.stringify(body) }).catch(
    (failure) => {
      throw failure.name === 'AbortError' ? failure : new Problem(0, { detail: t('error.network') });
    },
  );
  const text = await response.text();
  const answer = parsed(text);
  if (!response.ok) {
    throw new Problem(response.status, answer);
  }
  return { body: answer, etag: response.headers.get('etag'), text };
}

function parsed(text) {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined; // Not ours: a proxy's page, for example. The status says what there is to say.
  }
}
