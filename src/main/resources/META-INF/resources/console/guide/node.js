import { lines, UNCHECKED } from './checks.js';

/** A receiver in Node, without dependencies. */
export function node(checks) {
  const { jwt, signed } = checks;
  const verified = signed === 'key' || (jwt && !jwt.shared);
  const crypto = [
    ...(signed === 'secret' || jwt?.shared ? ['createHmac', 'timingSafeEqual'] : []),
    ...(signed === 'key' || jwt?.keySet ? ['createPublicKey'] : []),
    ...(verified ? ['verify'] : []),
  ];
  const conditions = [...(jwt ? ['tokenIsValid(request)'] : []), ...(signed ? ['signatureIsValid(request, body)'] : [])];
  return lines(
    `// Node 18 or newer, nothing to install: node receiver.mjs`,
    `import { createServer } from 'node:http';`,
    crypto.length > 0 && `import { ${crypto.join(', ')} } from 'node:crypto';`,
    jwt && !jwt.shared && !jwt.keySet && `import { readFileSync } from 'node:fs';`,
    ``,
    `const seen = new Set(); // Use your database: an event can come more than once, and to any of your instances.`,
    crypto.includes('timingSafeEqual') && same,
    jwt?.keySet && published,
    jwt && token(jwt),
    signed && signature(signed),
    ``,
    ...(conditions.length === 0
      ? [`const isTrusted = () => true; // ${UNCHECKED}`]
      : [
          `function isTrusted(request, body) {`,
          `  try {`,
          `    return ${conditions.join(' && ')};`,
          `  } catch {`,
          `    return false; // Not even in the right form.`,
          `  }`,
          `}`,
        ]),
    server,
  );
}

const same = `
const same = (a, b) => a.length === b.length && timingSafeEqual(a, b);`;

const token = (jwt) => `
function tokenIsValid(request) {
  const value = request.headers[${jwt.header.toLowerCase()}] ?? '';
  const prefix = ${jwt.prefix};
  const [header, claims, signature] = value.slice(prefix.length).split('.');
  const read = (part) => JSON.parse(Buffer.from(part, 'base64url'));
  if (!value.startsWith(prefix) || read(header).alg !== '${jwt.algorithm}') return false;
  const given = Buffer.from(signature, 'base64url');
${jwt.shared ? shared(jwt) : pair(jwt)}
  const { exp${jwt.iss ? ', iss' : ''}${jwt.aud ? ', aud' : ''} } = read(claims);
  return exp > Date.now() / 1000${jwt.iss ? ` && iss === ${quote(jwt.iss)}` : ''}${jwt.aud ? ` && aud === ${quote(jwt.aud)}` : ''};
}`;

const shared = (jwt) => `  const expected = createHmac('${jwt.hash}', process.env.JWT_SECRET).update(header + '.' + claims).digest();
  if (!same(given, expected)) return false;`;

const published = `
let keys = []; // A new key is published ten minutes before it signs.
const refresh = async () => {
  keys = (await (await fetch(process.env.JWKS_URL)).json()).keys;
};
await refresh();
setInterval(() => refresh().catch(console.error), 300_000);`;

const pair = (jwt) => `${
  jwt.keySet
    ? `  const jwk = keys.find(({ kid }) => kid === read(header).kid);
  if (!jwk) return false;
  const key = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' };`
    : `  const key = { key: readFileSync(process.env.JWT_PUBLIC_KEY), dsaEncoding: 'ieee-p1363' };`
}
  if (!verify(${jwt.family === 'Ed' ? 'null' : `'${jwt.hash}'`}, Buffer.from(header + '.' + claims), key, given)) return false;`;

const signature = (kind) => `
function signatureIsValid(request, body) {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures = '' } = request.headers;
  if (!(Math.abs(Date.now() / 1000 - timestamp) < 300)) return false; // Old requests are not sent again by others.
${kind === 'key' ? byKey : bySecret}
}`;

const bySecret = `  const key = Buffer.from(process.env.SIGNING_SECRET.replace('whsec_', ''), 'base64');
  const expected = 'v1,' + createHmac('sha256', key).update(id + '.' + timestamp + '.').update(body).digest('base64');
  return signatures.split(' ').some((one) => same(Buffer.from(one), Buffer.from(expected)));`;

const byKey = `  const x = Buffer.from(process.env.SIGNING_PUBLIC_KEY.replace('whpk_', ''), 'base64').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const signed = Buffer.concat([Buffer.from(id + '.' + timestamp + '.'), body]);
  const ours = signatures.split(' ').filter((one) => one.startsWith('v1a,'));
  return ours.some((one) => verify(null, signed, key, Buffer.from(one.slice(4), 'base64')));`;

const server = `
createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks); // The bytes as they came: signatures are over these.
    if (!isTrusted(request, body)) return response.writeHead(401).end();
    response.writeHead(202).end(); // At once: do the work afterwards.
    const id = request.headers['webhook-id'];
    if (seen.has(id)) return;
    seen.add(id);
    const event = JSON.parse(body);
    console.log(event.requestId, event.messageDeliveryFeedback.feedbackStatus.value);
  });
}).listen(process.env.PORT ?? 8081);`;

const quote = (text) => `'${text}'`;
