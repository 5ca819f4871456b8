// What the form edits: plain values, made from a webhook as the API shows it, and turned into what it takes.
export const ALGORITHMS = ['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'EdDSA'];

/** Those of the key pairs that Tidings makes. */
export const PAIR_ALGORITHMS = ALGORITHMS.filter((name) => !name.startsWith('HS'));

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
    auth: noAuthentication(),
    tls: { caCertificates: '', clientCertificate: '', clientKey: '', keyStored: false, replacing: false },
    signing: { type: 'none', secret: '', stored: null, replacing: false, overlap: '0' },
    headers: [],
    sendTraceparent: false,
  };
}

function noAuthentication() {
  return {
    type: 'none',
    username: '',
    tokenUrl: '',
    clientId: '',
    clientAuthentication: 'basic',
    scope: '',
    audience: '',
    keySource: 'given',
    overlap: '0',
    bodyHashClaim: '',
    algorithm: 'HS256',
    key: '',
    stored: null, // the kind of secret that the server holds: see kindOf
    replacing: false,
    claims: JSON.stringify(CLAIMS, null, 2),
    ttlSeconds: '300',
    keyId: '',
    headerName: 'Authorization',
    prefix: 'Bearer ',
  };
}

export function draftOf(webhook) {
  return {
    name: webhook.name,
    channels: [...webhook.channels],
    url: webhook.url,
    payloadVersion: webhook.payloadVersion,
    auth: { ...noAuthentication(), ...partsOf(webhook.authentication) },
    tls: {
      caCertificates: webhook.tls.caCertificates ?? '',
      clientCertificate: webhook.tls.clientCertificate ?? '',
      clientKey: '',
      keyStored: webhook.tls.clientKeySet,
      replacing: false,
      warning: webhook.tls.warning,
      expiresAt: webhook.tls.expiresAt,
    },
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
    sendTraceparent: webhook.sendTraceparent,
  };
}

function partsOf(auth) {
  const { type } = auth;
  if (type === 'basic') {
    return { type, stored: 'basic', username: auth.username };
  }
  if (type === 'oauth2') {
    const { tokenUrl, clientId, clientAuthentication } = auth;
    return { type, stored: 'oauth2', tokenUrl, clientId, clientAuthentication, scope: auth.scope ?? '', audience: auth.audience ?? '' };
  }
  return type === 'jwt' ? { type, ...tokenOf(auth) } : { type };
}

function tokenOf(jwt) {
  return {
    algorithm: jwt.algorithm,
    keySource: jwt.keySource,
    stored: kindOf(jwt),
    storedAlgorithm: jwt.algorithm,
    keySet: jwt.keySet,
    signsFrom: jwt.signsFrom,
    overlapUntil: jwt.overlapUntil,
    bodyHashClaim: jwt.bodyHashClaim ?? '',
    claims: JSON.stringify(jwt.claims ?? {}, null, 2),
    ttlSeconds: String(jwt.ttlSeconds),
    keyId: jwt.keyId ?? '',
    headerName: jwt.headerName,
    prefix: jwt.prefix,
  };
}

/** The kind of secret that such an authentication takes. */
function kindOf({ type, keySource, algorithm }) {
  if (type !== 'jwt') {
    return type;
  }
  return keySource === 'generated' ? 'generated' : isShared(algorithm) ? 'HS' : 'key pair';
}

/** Whether the server holds a secret of the kind that is taken. */
export const hasKey = (auth) => auth.stored === kindOf(auth);

/** Whether the stored key goes on being used: there is one, of the kind that is taken, and none new is wanted. */
export const keepsKey = (auth) => hasKey(auth) && !auth.replacing;

/** Whether a pair that Tidings made is replaced by what is submitted. */
export const changesPair = (auth) =>
  auth.stored === 'generated' && kindOf(auth) === 'generated' && (auth.replacing || auth.algorithm !== auth.storedAlgorithm);

export function requestOf(draft) {
  return {
    name: draft.name,
    channels: draft.channels,
    url: draft.url.trim(),
    payloadVersion: draft.payloadVersion,
    authentication: authenticationOf(draft.auth),
    tls: tlsOf(draft.tls),
    signing: signingOf(draft.signing),
    headers: draft.headers.map(headerOf),
    sendTraceparent: draft.sendTraceparent,
  };
}

/** A secret value that is left empty stays as the server has it. */
function headerOf({ name, value, secret }) {
  return { name: name.trim(), ...(secret ? { secret, ...(value === '' ? {} : { value }) } : { value }) };
}

const SECRETS = { basic: 'password', oauth2: 'clientSecret', HS: 'secret', 'key pair': 'privateKey' };

function authenticationOf(auth) {
  const { type, username, tokenUrl, clientId, clientAuthentication, scope, audience } = auth;
  const secret = keepsKey(auth) || auth.key === '' || !SECRETS[kindOf(auth)] ? {} : { [SECRETS[kindOf(auth)]]: auth.key };
  return {
    none: () => ({ type }),
    basic: () => ({ type, username, ...secret }),
    oauth2: () => ({ type, tokenUrl: tokenUrl.trim(), clientId, clientAuthentication, scope, audience, ...secret }),
    jwt: () => tokenRequest(auth, secret),
  }[type]();
}

function tokenRequest(auth, secret) {
  const generated = auth.keySource === 'generated';
  return {
    type: 'jwt',
    algorithm: auth.algorithm,
    keySource: auth.keySource,
    ...(generated && changesPair(auth) ? { rotate: true, overlapSeconds: Number(auth.overlap) } : {}),
    ...secret,
    claims: JSON.parse(auth.claims.trim() === '' ? '{}' : auth.claims),
    ttlSeconds: /^\d{1,9}$/.test(auth.ttlSeconds) ? Number(auth.ttlSeconds) : auth.ttlSeconds,
    keyId: generated || auth.keyId === '' ? null : auth.keyId,
    bodyHashClaim: auth.bodyHashClaim.trim() === '' ? null : auth.bodyHashClaim.trim(),
    headerName: auth.headerName.trim(),
    prefix: auth.prefix,
  };
}

function tlsOf({ caCertificates, clientCertificate, clientKey, keyStored, replacing }) {
  const key = clientKey === '' || (keyStored && !replacing) || clientCertificate.trim() === '' ? {} : { clientKey };
  return { caCertificates, clientCertificate, ...key };
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
    'form.tls': (draft) => [draft.tls.caCertificates, draft.tls.clientCertificate],
    'form.signing': (draft) => draft.signing.type,
    'form.headers': (draft) => draft.headers,
    'form.traceparent': (draft) => draft.sendTraceparent,
  };
  const text = (value) => JSON.stringify(value);
  return Object.keys(parts).filter((key) => text(parts[key](one)) !== text(parts[key](other)));
}
