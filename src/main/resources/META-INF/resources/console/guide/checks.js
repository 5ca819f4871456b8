// What a receiver has to check, taken from the webhook: the same for the snippets of every language.
export function checksOf(webhook) {
  const { authentication: auth, signing } = webhook;
  const text = (value) => (typeof value === 'string' && /^[\x20-\x7e]+$/.test(value) && !/["'\\]/.test(value) ? value : null);
  return {
    jwt:
      auth.type === 'jwt'
        ? {
            algorithm: auth.algorithm,
            hash: `sha${auth.algorithm.slice(2)}`,
            bits: auth.algorithm.slice(2),
            family: auth.algorithm.slice(0, 2),
            // Where the public keys are, when Tidings makes and replaces them.
            keySet: auth.keySet ? location.origin + auth.keySet : null,
            shared: auth.algorithm.startsWith('HS'),
            name: auth.headerName,
            // As literals: JSON's are those of every language here.
            header: JSON.stringify(auth.headerName),
            prefix: JSON.stringify(auth.prefix),
            iss: text(auth.claims?.iss),
            aud: text(auth.claims?.aud),
          }
        : null,
    signed: { 'hmac-sha256': 'secret', ed25519: 'key' }[signing.type] ?? null,
  };
}

/** The environment variables that a snippet reads. */
export const variablesOf = ({ jwt, signed }, language) => [
  ...(jwt ? [jwt.shared ? 'JWT_SECRET' : fetchesKeys(jwt, language) ? 'JWKS_URL' : 'JWT_PUBLIC_KEY'] : []),
  ...(signed === 'secret' ? ['SIGNING_SECRET'] : []),
  ...(signed === 'key' ? ['SIGNING_PUBLIC_KEY'] : []),
];

/** Whether the snippet of that language fetches the published keys by itself. */
export const fetchesKeys = (jwt, language) => Boolean(jwt?.keySet) && ['node', 'python'].includes(language);

/** Said where nothing can be checked. */
export const UNCHECKED = 'This webhook has neither authentication nor signature: anybody can post here.';

/** Lines of those parts that are there; an empty part is an empty line. */
export const lines = (...parts) => parts.filter((part) => part || part === '').join('\n');
