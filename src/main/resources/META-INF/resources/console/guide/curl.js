import { lines } from './checks.js';

/** A request as Tidings sends it, made by hand, to try a receiver with. */
export function curl(checks, webhook) {
  const { jwt, signed } = checks;
  return lines(
    `# Sends your receiver a request like those of Tidings. Needs bash, openssl and curl.`,
    `url=${quote(webhook.url)}`,
    `body='{"requestId":"by-hand","eventType":"message.feedback","messageDeliveryFeedback":{"feedbackStatus":{"value":"sent"}}}'`,
    `id="by-hand-$RANDOM"; now=$(date +%s)`,
    jwt && token(jwt, webhook),
    signed === 'secret' && signature,
    signed === 'key' && `# Only Tidings has the key that signs: send a test event from the console to try the signature.`,
    `curl -i "$url" -H 'Content-Type: application/json; charset=UTF-8' \\`,
    `  -H "webhook-id: $id" -H "webhook-timestamp: $now" -H 'webhook-attempt: 1' \\`,
    jwt && `  -H ${quote(`${webhook.authentication.headerName}: ${webhook.authentication.prefix}`)}"$token" \\`,
    signed === 'secret' && `  -H "webhook-signature: v1,$signature" \\`,
    `  --data-binary "$body"`,
  );
}

const token = (jwt, webhook) => {
  const claims = JSON.stringify(webhook.authentication.claims ?? {}).replaceAll("'", "'\\''").slice(1, -1);
  const all = claims === '' ? '' : `${claims},`;
  if (jwt.keySet) {
    return `# Only Tidings has the key that signs: send a test event from the console to try the token.\ntoken=...`;
  }
  if (jwt.family !== 'RS' && !jwt.shared) {
    return `# Mint a token with your ${jwt.algorithm} private key, for example with a JWT library: openssl writes another form.\ntoken=...`;
  }
  const sign = jwt.shared ? `-mac HMAC -macopt "hexkey:$(printf %s "$JWT_SECRET" | od -An -vtx1 | tr -d ' \\n')"` : `-sign "$JWT_PRIVATE_KEY"`;
  return `url64() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
header=$(printf '{"typ":"JWT","alg":"${jwt.algorithm}"}' | url64)
claims=$(printf '{%s"iat":%d,"exp":%d}' '${all}' "$now" $((now + 300)) | url64)
token="$header.$claims.$(printf %s "$header.$claims" | openssl dgst -${jwt.hash} ${sign} -binary | url64)"`;
};

const signature = `key=$(printf %s "\${SIGNING_SECRET#whsec_}" | openssl base64 -d -A | od -An -vtx1 | tr -d ' \\n')
signature=$(printf %s "$id.$now.$body" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A)`;

const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;
