package dev.tidings.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An OpenID Connect provider where everybody is known already: it sends each browser straight back, with PKCE checked. */
final class SignInProvider implements AutoCloseable {
    private static final String CODE = "one-time-code";

    final List<String> grants = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final KeyPair keys;
    private volatile String challenge = "";

    SignInProvider() throws IOException, NoSuchAlgorithmException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2_048);
        keys = generator.generateKeyPair();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/.well-known/openid-configuration", this::describe);
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.start();
    }

    String issuer() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** The public key, for whoever verifies its tokens. */
    Path publicKey(Path folder) throws IOException {
        String base64 = Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded());
        return Files.writeString(
                folder.resolve("public.pem"), "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n");
    }

    private void describe(HttpExchange exchange) throws IOException {
        answer(exchange, 200, """
                {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token"}""".formatted(issuer()));
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = form(exchange.getRequestURI().getRawQuery());
        challenge = asked.getOrDefault("code_challenge", "");
        exchange.getResponseHeaders()
                .set("Location", asked.get("redirect_uri") + "?code=" + CODE + "&state=" + asked.get("state"));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> asked = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String grant = asked.getOrDefault("grant_type", "");
        boolean good = grant.equals("authorization_code")
                ? CODE.equals(asked.get("code"))
                        && challenge.equals(challengeOf(asked.getOrDefault("code_verifier", "")))
                : "refresh".equals(asked.get("refresh_token"));
        grants.add(grant + (good ? "" : " refused"));
        String tokens = "{\"access_token\": \"" + accessToken() + "\", \"refresh_token\": \"refresh\"}";
        answer(exchange, good ? 200 : 400, good ? tokens : "{\"error\": \"invalid_grant\"}");
    }

    private String accessToken() {
        return Jwt.issuer(issuer())
                .subject("ada")
                .claim("organizations", List.of("myImsOrg"))
                .claim("scope", "messages_presets.read messages_presets.write deliveries.read")
                .expiresAt(Instant.now().plusSeconds(300))
                .sign(keys.getPrivate());
    }

    private static String challengeOf(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Map<String, String> form(String encoded) {
        return Stream.of(encoded.split("&"))
                .map(part -> part.split("=", 2))
                .collect(Collectors.toMap(part -> part[0], part -> URLDecoder.decode(part[1], StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
