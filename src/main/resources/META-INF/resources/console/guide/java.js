import { lines, UNCHECKED } from './checks.js';

/** A receiver in Java, one file, without dependencies. */
export function java(checks) {
  const { jwt, signed } = checks;
  const conditions = [...(jwt ? ['tokenIsValid(headers)'] : []), ...(signed ? ['signatureIsValid(headers, body)'] : [])];
  return lines(
    `// Java 17 or newer, nothing to install: java Receiver.java`,
    `import com.sun.net.httpserver.Headers;`,
    `import com.sun.net.httpserver.HttpServer;`,
    `import java.net.InetSocketAddress;`,
    jwt && !jwt.shared && `import java.nio.file.*;`,
    `import java.security.*;`,
    ((jwt && !jwt.shared) || signed === 'key') && `import java.security.spec.X509EncodedKeySpec;`,
    `import java.util.*;`,
    `import java.util.concurrent.ConcurrentHashMap;`,
    jwt && `import java.util.regex.Pattern;`,
    (signed === 'secret' || jwt?.shared) && `import javax.crypto.Mac;\nimport javax.crypto.spec.SecretKeySpec;`,
    ``,
    `public class Receiver {`,
    `  // Use your database: an event can come more than once, and to any of your instances.`,
    `  static final Set<String> seen = ConcurrentHashMap.newKeySet();`,
    main,
    ``,
    `  static boolean isTrusted(Headers headers, byte[] body) {`,
    ...(conditions.length === 0
      ? [`    return true; // ${UNCHECKED}`]
      : [
          `    try {`,
          `      return ${conditions.join(' && ')};`,
          `    } catch (Exception e) {`,
          `      return false; // Not even in the right form.`,
          `    }`,
        ]),
    `  }`,
    jwt && token(jwt),
    signed && signature(signed),
    (signed === 'secret' || jwt?.shared) && hmac,
    `}`,
  );
}

const main = `
  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8081"));
    HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
    server.createContext("/", exchange -> {
      byte[] body = exchange.getRequestBody().readAllBytes(); // The bytes as they came: signatures are over these.
      boolean trusted = isTrusted(exchange.getRequestHeaders(), body);
      exchange.sendResponseHeaders(trusted ? 202 : 401, -1); // At once: do the work afterwards.
      exchange.close();
      if (trusted && seen.add(exchange.getRequestHeaders().getFirst("webhook-id"))) {
        System.out.println(new String(body, "UTF-8")); // Read it with your JSON library.
      }
    });
    server.start();
  }`;

const token = (jwt) => `
  static boolean tokenIsValid(Headers headers) throws Exception {
    String value = headers.getFirst(${jwt.header});
    String prefix = ${jwt.prefix};
    if (value == null || !value.startsWith(prefix)) return false;
    String[] parts = value.substring(prefix.length()).split("\\\\.");
    Base64.Decoder decoder = Base64.getUrlDecoder();
    String header = new String(decoder.decode(parts[0]), "UTF-8");
    if (!header.contains("\\"alg\\":\\"${jwt.algorithm}\\"")) return false;
    byte[] signed = (parts[0] + "." + parts[1]).getBytes("UTF-8");
    byte[] given = decoder.decode(parts[2]);
${jwt.shared ? shared(jwt) : pair(jwt)}
    String claims = new String(decoder.decode(parts[1]), "UTF-8");
    var exp = Pattern.compile("\\"exp\\":(\\\\d+)").matcher(claims);
    return exp.find() && Long.parseLong(exp.group(1)) > System.currentTimeMillis() / 1000${contains('iss', jwt.iss)}${contains('aud', jwt.aud)};
  }`;

const contains = (claim, value) => (value ? `\n        && claims.contains("\\"${claim}\\":\\"${value}\\"")` : '');

const shared = (jwt) => `    byte[] expected = hmac("HmacSHA${jwt.bits}", System.getenv("JWT_SECRET").getBytes("UTF-8"), signed);
    if (!MessageDigest.isEqual(given, expected)) return false;`;

const pair = (jwt) => `    String pem = Files.readString(Path.of(System.getenv("JWT_PUBLIC_KEY"))).replaceAll("-----[A-Z ]+-----|\\\\s", "");
    PublicKey key = KeyFactory.getInstance("${{ RS: 'RSA', ES: 'EC', Ed: 'Ed25519' }[jwt.family]}")
        .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(pem)));
    Signature verifier = Signature.getInstance("${{ RS: `SHA${jwt.bits}withRSA`, ES: `SHA${jwt.bits}withECDSAinP1363Format`, Ed: 'Ed25519' }[jwt.family]}");
    verifier.initVerify(key);
    verifier.update(signed);
    if (!verifier.verify(given)) return false;`;

const signature = (kind) => `
  static boolean signatureIsValid(Headers headers, byte[] body) throws Exception {
    String timestamp = headers.getFirst("webhook-timestamp");
    // Old requests are not sent again by others.
    if (Math.abs(System.currentTimeMillis() / 1000 - Long.parseLong(timestamp)) > 300) return false;
    byte[] start = (headers.getFirst("webhook-id") + "." + timestamp + ".").getBytes("UTF-8");
    byte[] signed = Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, signed, start.length, body.length);
${kind === 'key' ? byKey : bySecret}
    return false;
  }`;

const bySecret = `    byte[] key = Base64.getDecoder().decode(System.getenv("SIGNING_SECRET").replace("whsec_", ""));
    byte[] expected = ("v1," + Base64.getEncoder().encodeToString(hmac("HmacSHA256", key, signed))).getBytes("UTF-8");
    for (String one : headers.getFirst("webhook-signature").split(" ")) {
      if (MessageDigest.isEqual(one.getBytes("UTF-8"), expected)) return true;
    }`;

const byKey = `    // The raw key, in the form that Java reads (RFC 8410).
    String prefix = "MCowBQYDK2VwAyEA"; // Twelve bytes, so that what follows in Base64 is the key's own.
    byte[] spki = Base64.getDecoder().decode(prefix + System.getenv("SIGNING_PUBLIC_KEY").replace("whpk_", ""));
    Signature verifier = Signature.getInstance("Ed25519");
    for (String one : headers.getFirst("webhook-signature").split(" ")) {
      verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki)));
      verifier.update(signed);
      if (one.startsWith("v1a,") && verifier.verify(Base64.getDecoder().decode(one.substring(4)))) return true;
    }`;

const hmac = `
  static byte[] hmac(String algorithm, byte[] key, byte[] signed) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(key, algorithm));
    return mac.doFinal(signed);
  }`;
