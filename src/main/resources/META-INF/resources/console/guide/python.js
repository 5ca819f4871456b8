import { lines, UNCHECKED } from './checks.js';

/** A receiver in Python: with its standard library, and with PyJWT where a public key has to verify. */
export function python(checks) {
  const { jwt, signed } = checks;
  const library = jwt && !jwt.shared;
  const hmac = signed === 'secret' || jwt?.shared;
  const wants = [...(library ? ['"pyjwt[crypto]"'] : []), ...(signed === 'key' ? ['cryptography'] : [])];
  const conditions = [...(jwt ? ['token_is_valid(headers)'] : []), ...(signed ? ['signature_is_valid(headers, body)'] : [])];
  return lines(
    wants.length > 0 ? `# pip install ${wants.join(' ')}, then: python3 receiver.py` : `# Python 3.8 or newer, nothing to install: python3 receiver.py`,
    hmac && `import base64, hashlib, hmac`,
    !hmac && signed && `import base64`,
    `import json, os, time`,
    `from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer`,
    (library || signed === 'key') && ``,
    library && `import jwt`,
    signed === 'key' && `from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey`,
    ``,
    `seen = set()  # Use your database: an event can come more than once, and to any of your instances.`,
    jwt?.keySet && `keys = jwt.PyJWKClient(os.environ["JWKS_URL"])  # Looks again where it does not know a key.`,
    jwt && (jwt.shared ? shared(jwt) : pair(jwt)),
    signed && signature(signed),
    ``,
    ``,
    `def is_trusted(headers, body):`,
    ...(conditions.length === 0
      ? [`    return True  # ${UNCHECKED}`]
      : [`    try:`, `        return ${conditions.join(' and ')}`, `    except Exception:`, `        return False  # Not even in the right form.`]),
    server,
  );
}

const opening = (jwt) => `

def token_is_valid(headers):
    value, prefix = headers.get(${jwt.header}, ""), ${jwt.prefix}
    if not value.startswith(prefix):
        return False`;

const shared = (jwt) => `${opening(jwt)}
    header, claims, signature = value[len(prefix):].split(".")
    decode = lambda part: base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    if json.loads(decode(header))["alg"] != "${jwt.algorithm}":
        return False
    expected = hmac.digest(os.environ["JWT_SECRET"].encode(), f"{header}.{claims}".encode(), hashlib.${jwt.hash})
    if not hmac.compare_digest(decode(signature), expected):
        return False
    claims = json.loads(decode(claims))
    return claims["exp"] > time.time()${claims(jwt)}`;

const claims = (jwt) =>
  `${jwt.iss ? ` and claims["iss"] == "${jwt.iss}"` : ''}${jwt.aud ? ` and claims["aud"] == "${jwt.aud}"` : ''}`;

const pair = (jwt) => `${opening(jwt)}
    key = ${jwt.keySet ? 'keys.get_signing_key_from_jwt(value[len(prefix):]).key' : 'open(os.environ["JWT_PUBLIC_KEY"]).read()'}
    wanted = dict(${[jwt.aud ? `audience="${jwt.aud}"` : '', jwt.iss ? `issuer="${jwt.iss}"` : ''].filter(Boolean).join(', ')})
    jwt.decode(value[len(prefix):], key, algorithms=["${jwt.algorithm}"]${jwt.aud ? '' : ', options={"verify_aud": False}'}, **wanted)
    return True`;

const signature = (kind) => `

def signature_is_valid(headers, body):
    timestamp = headers["webhook-timestamp"]
    if abs(time.time() - int(timestamp)) > 300:  # Old requests are not sent again by others.
        return False
    signed = f"{headers['webhook-id']}.{timestamp}.".encode() + body
    signatures = headers["webhook-signature"].split(" ")
${kind === 'key' ? byKey : bySecret}`;

const bySecret = `    key = base64.b64decode(os.environ["SIGNING_SECRET"].replace("whsec_", ""))
    expected = "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    return any(hmac.compare_digest(one, expected) for one in signatures)`;

const byKey = `    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(os.environ["SIGNING_PUBLIC_KEY"].replace("whpk_", "")))

    def fits(one):
        try:
            return key.verify(base64.b64decode(one[4:]), signed) is None
        except Exception:
            return False

    return any(fits(one) for one in signatures if one.startswith("v1a,"))`;

const server = `

class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))  # The bytes as they came: signatures are over these.
        trusted = is_trusted(self.headers, body)
        self.send_response(202 if trusted else 401)  # At once: do the work afterwards.
        self.send_header("content-length", "0")
        self.end_headers()
        if not trusted or self.headers["webhook-id"] in seen:
            return
        seen.add(self.headers["webhook-id"])
        event = json.loads(body)
        print(event["requestId"], event["messageDeliveryFeedback"]["feedbackStatus"]["value"], flush=True)


ThreadingHTTPServer(("", int(os.environ.get("PORT", 8081))), Receiver).serve_forever()`;
