// What the form edits: plain values, made from a webhook as the API shows it, and turned into what it takes.
export const ALGORITHMS = ['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'ES256', 'ES384'];

export const isShared = (algorithm) => algorithm.startsWith('HS');

/** The bytes that a shared secret must have for that algorithm, at least. */
export const leastBytes = (algorithm) => Number(algorithm.slice(2)) / 8;

const CLAIMS = { iss: 'myImsOrg', aud: 'hooks.example.com' };

export function emptyDraft() {
  return {
    name: '',
    channels: ['email', 'sms'],
    url: '',
    payloadVersion: '1',
    auth: { type: 'none', ...noToken() },
    signing: { type: 'none', secret: '', stored: null, replacing: false, overlap: '0' },
    headers: [],
  };
}

function noToken() {
  return {
    algorithm: 'HS256',
    key: '',
    stored: null, // 'HS' or 'key pair' when the server holds a key of that kind
    replacing: false,
    claims: JSON.stringify(CLAIMS, null, 2),
    ttlSeconds: '300',
    keyId: '',
    headerName: 'Authorization',
    prefix: 'Bearer ',
  };
}

export function draftOf(webhook) {
  const jwt = webhook.authentication.type === 'jwt' ? webhook.authentication : null;
  return {
    name: webhook.name,
    channels: [...webhook.channels],
    url: webhook.url,
    payloadVersion: webhook.payloadVersion,
    auth: jwt ? { ...noToken(), type: 'jwt', ...tokenOf(jwt) } : { type: 'none', ...noToken() },
    signing: {
      type: webhook.signing.type,
      secret: '',
      stored: webhook.signing.secretSet ? webhook.signing.type : null,
      publicKey: webhook.signing.publicKey,
      overlapUntil: webhook.signing.overlapUntil,
      replacing: false,
      overlap: '0',
    },
    headers: webhook.headers.map(({ name, value, secret }) => ({ name, value: value ?? '', secret })),
  };
}

function tokenOf(jwt) {
  return {
    algorithm: jwt.algorithm,
    stored: isShared(jwt.algorithm) ? 'HS' : 'key pair',
    claims: JSON.stringify(jwt.claims ?? {}, null, 2),
    ttlSeconds: String(jwt.ttlSeconds),
    keyId: jwt.keyId ?? '',
    headerName: jwt.headerName,
    prefix: jwt.prefix,
  };
}

/** Whether the stored key goes on being used: there is one, of the kind that the algorithm takes, and none new is wanted. */
export const keepsKey = (auth) => auth.stored === (isShared(auth.algorithm) ? 'HS' : 'key pair') && !auth.replacing;

export function requestOf(draft) {
  return {
    name: draft.name,
    channels: draft.channels,
    url: draft.url.trim(),
    payloadVersion: draft.payloadVersion,
    authentication: authenticationOf(draft.auth),
    signing: signingOf(draft.signing),
    headers: draft.headers.map(headerOf),
  };
}

/** A secret value that is left empty stays as the server has it. */
function headerOf({ name, value, secret }) {
  return { name: name.trim(), ...(secret ? { secret, ...(value === '' ? {} : { value }) } : { value }) };
}

function authenticationOf(auth) {
  if (auth.type === 'none') {
    return { type: 'none' };
  }
  const key = isShared(auth.algorithm) ? 'secret' : 'privateKey';
  return {
    type: 'jwt',
    algorithm: auth.algorithm,
    ...(keepsKey(auth) || auth.key === '' ? {} : { [key]: auth.key }),
    claims: JSON.parse(auth.claims.trim() === '' ? '{}' : auth.claims),
    ttlSeconds: /^\d{1,9}$/.test(auth.ttlSeconds) ? Number(auth.ttlSeconds) : auth.ttlSeconds,
    keyId: auth.keyId === '' ? null : auth.keyId,
    headerName: auth.headerName.trim(),
    prefix: auth.prefix,
  };
}

/** Whether the key that signs now is replaced by what is submitted. */
export const changesKey = ({ stored, type, replacing }) => stored !== null && type !== 'none' && (type !== stored || replacing);

function signingOf(signing) {
  const { type, secret, stored, replacing, overlap } = signing;
  const keeps = stored === type && !replacing;
  return {
    type,
    ...(type === 'hmac-sha256' && !keeps && secret !== '' ? { secret } : {}),
    ...(type === 'ed25519' && stored === type && replacing ? { rotate: true } : {}),
    ...(changesKey(signing) ? { overlapSeconds: Number(overlap) } : {}),
  };
}

/** What is wrong with the claims' text: { key, values } of the words that say so, or null. */
export function claimsFault(text) {
  if (text.trim() === '') {
    return null;
  }
  let claims;
  try {
    claims = JSON.parse(text);
  } catch (fault) {
    return { key: 'form.claimsBad', values: { reason: fault.message } };
  }
  if (claims === null || typeof claims !== 'object' || Array.isArray(claims)) {
    return { key: 'form.claimsObject' };
  }
  const own = ['iat', 'exp', 'nbf', 'jti'].find((claim) => claim in claims);
  return own ? { key: 'form.claimsOwn', values: { claim: own } } : null;
}

/** Random bytes as text: a shared secret for an algorithm, or a signing secret. */
export function randomSecret(bytes, prefix = '') {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return prefix + btoa(String.fromCharCode(...random));
}

/** Which parts of two drafts differ, by the keys of their words; secrets can't be compared. */
export function differences(one, other) {
  const parts = {
    'form.name': (draft) => draft.name,
    'form.channels': (draft) => [...draft.channels].sort(),
    'form.url': (draft) => draft.url,
    'form.version': (draft) => draft.payloadVersion,
    'form.auth': (draft) => (draft.auth.type === 'none' ? 'none' : { ...draft.auth, key: '', replacing: false }),
    'form.signing': (draft) => draft.signing.type,
    'form.headers': (draft) => draft.headers,
  };
  const text = (value) => JSON.stringify(value);
  return Object.keys(parts).filter((key) => text(parts[key](one)) !== text(parts[key](other)));
}
