import { lines } from './checks.js';

/** A receiver in Go, one file, without dependencies. */
export function go(checks) {
  const { jwt, signed } = checks;
  const conditions = [...(jwt ? ['tokenIsValid(r)'] : []), ...(signed ? ['signatureIsValid(r, body)'] : [])];
  return lines(
    `// Go 1.21 or newer, nothing to install: go run receiver.go`,
    `package main`,
    ``,
    `import (`,
    ...imports(checks).map((name) => `\t"${name}"`),
    `)`,
    ``,
    `// Use your database: an event can come more than once, and to any of your instances.`,
    `var seen sync.Map`,
    jwt && token(jwt),
    signed && signature(signed),
    server(conditions.length === 0 ? 'true' : conditions.join(' && ')),
  );
}

function imports({ jwt, signed }) {
  const hash = jwt?.bits === '256' ? 'crypto/sha256' : 'crypto/sha512';
  const names = ['encoding/json', 'fmt', 'io', 'net/http', 'os', 'sync'];
  if (jwt) {
    names.push('encoding/base64', 'strings', 'time', ...(jwt.family === 'Ed' ? ['crypto/ed25519'] : [hash]));
    names.push(...(jwt.shared ? ['crypto/hmac'] : ['crypto/x509', 'encoding/pem']));
    names.push(...({ RS: ['crypto', 'crypto/rsa'], ES: ['crypto/ecdsa', 'math/big'] }[jwt.family] ?? []));
  }
  if (signed) {
    names.push('encoding/base64', 'strconv', 'strings', 'time', ...(signed === 'key' ? ['crypto/ed25519'] : ['crypto/hmac', 'crypto/sha256']));
  }
  return [...new Set(names)].sort();
}

const token = (jwt) => `
func tokenIsValid(r *http.Request) bool {
	value, found := strings.CutPrefix(r.Header.Get(${jwt.header}), ${jwt.prefix})
	parts := strings.Split(value, ".")
	if !found || len(parts) != 3 {
		return false
	}
	var header struct{ Alg string }
	var claims struct {
		Exp      int64
		Iss, Aud any
	}
	given, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil || !read(parts[0], &header) || !read(parts[1], &claims) || header.Alg != "${jwt.algorithm}" {
		return false
	}
${jwt.shared ? shared(jwt) : pair(jwt)}
	return claims.Exp > time.Now().Unix()${jwt.iss ? ` && claims.Iss == "${jwt.iss}"` : ''}${jwt.aud ? ` && claims.Aud == "${jwt.aud}"` : ''}
}

func read(part string, into any) bool {
	bytes, err := base64.RawURLEncoding.DecodeString(part)
	return err == nil && json.Unmarshal(bytes, into) == nil
}`;

const hasher = (jwt) => ({ 256: 'sha256.New', 384: 'sha512.New384', 512: 'sha512.New' })[jwt.bits];

const shared = (jwt) => `	mac := hmac.New(${hasher(jwt)}, []byte(os.Getenv("JWT_SECRET")))
	mac.Write([]byte(parts[0] + "." + parts[1]))
	if !hmac.Equal(given, mac.Sum(nil)) {
		return false
	}`;

const pair = (jwt) => `	file, err := os.ReadFile(os.Getenv("JWT_PUBLIC_KEY"))
	block, _ := pem.Decode(file)
	if err != nil || block == nil {
		return false
	}
	parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
	key, fits := parsed.(${{ RS: '*rsa', ES: '*ecdsa', Ed: 'ed25519' }[jwt.family]}.PublicKey)
	if err != nil || !fits {
		return false
	}
${jwt.family === 'Ed' ? '' : hashed(jwt)}${compared(jwt)}
		return false
	}`;

const hashed = (jwt) => `	hash := ${{ 256: 'sha256.Sum256', 384: 'sha512.Sum384', 512: 'sha512.Sum512' }[jwt.bits]}([]byte(parts[0] + "." + parts[1]))
`;

const compared = (jwt) =>
  ({
    RS: `	if rsa.VerifyPKCS1v15(key, crypto.SHA${jwt.bits}, hash[:], given) != nil {`,
    ES: `	half := len(given) / 2
	r1, s1 := new(big.Int).SetBytes(given[:half]), new(big.Int).SetBytes(given[half:])
	if !ecdsa.Verify(key, hash[:], r1, s1) {`,
    Ed: `	if !ed25519.Verify(key, []byte(parts[0]+"."+parts[1]), given) {`,
  })[jwt.family];

const signature = (kind) => `
func signatureIsValid(r *http.Request, body []byte) bool {
	timestamp, err := strconv.ParseInt(r.Header.Get("webhook-timestamp"), 10, 64)
	if age := time.Now().Unix() - timestamp; err != nil || age > 300 || age < -300 {
		return false // Old requests are not sent again by others.
	}
	signed := append([]byte(fmt.Sprintf("%s.%d.", r.Header.Get("webhook-id"), timestamp)), body...)
${kind === 'key' ? byKey : bySecret}
	return false
}`;

const bySecret = `	key, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(os.Getenv("SIGNING_SECRET"), "whsec_"))
	mac := hmac.New(sha256.New, key)
	mac.Write(signed)
	expected := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	for _, one := range strings.Split(r.Header.Get("webhook-signature"), " ") {
		if hmac.Equal([]byte(one), []byte(expected)) {
			return true
		}
	}`;

const byKey = `	key, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(os.Getenv("SIGNING_PUBLIC_KEY"), "whpk_"))
	for _, one := range strings.Split(r.Header.Get("webhook-signature"), " ") {
		given, ours := strings.CutPrefix(one, "v1a,")
		signature, err := base64.StdEncoding.DecodeString(given)
		if ours && err == nil && len(key) == ed25519.PublicKeySize && ed25519.Verify(key, signed, signature) {
			return true
		}
	}`;

const server = (condition) => `
func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body) // The bytes as they came: signatures are over these.
		if err != nil || !(${condition}) {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		w.WriteHeader(http.StatusAccepted) // At once: do the work afterwards.
		if _, again := seen.LoadOrStore(r.Header.Get("webhook-id"), true); again {
			return
		}
		var event struct{ RequestID string }
		json.Unmarshal(body, &event)
		fmt.Println(event.RequestID)
	})
	port := os.Getenv("PORT")
	if port == "" {
		port = "8081"
	}
	http.ListenAndServe(":"+port, nil)
}`;
