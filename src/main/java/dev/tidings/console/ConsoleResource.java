package dev.tidings.console;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The console: one page for all its addresses, {@code /} and whatever begins with {@code /@organization/sandbox}, and the
 * manners of the files that it loads. The page is the same for everybody and holds no data: who may see what is up to the
 * API that it calls.
 *
 * <p>Routes of the server and not of JAX-RS: a browser that opens the page has no token yet.
 */
@ApplicationScoped
public class ConsoleResource {
    private static final String PAGE = "console/index.html";
    private static final String REPLACEMENTS = "console/replacements.json";
    private static final Pattern IMPORT_MAP = Pattern.compile("(<script type=\"importmap\">)\\{}(</script>)");

    /** A library's file, in a link of the page. */
    private static final Pattern MODULE = Pattern.compile("(?<=\")module:([^\"]+)(?=\")");

    private final String page;
    private final String policy;

    ConsoleResource() throws IOException, NoSuchAlgorithmException {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        ImportMap modules = ImportMap.read(loader, resource(loader, REPLACEMENTS));
        String template = text(resource(loader, PAGE));
        String linked = MODULE.matcher(template)
                .replaceAll(link -> Matcher.quoteReplacement(
                        modules.address(link.group(1)).orElseThrow(() -> new NoSuchElementException(link.group(1)))));
        String map = modules.json();
        this.page = IMPORT_MAP.matcher(linked).replaceFirst("$1" + Matcher.quoteReplacement(map) + "$2");
        this.policy = policy(map);
    }

    void install(@Observes Router router) {
        get(router, "/").handler(this::show);
        get(router, "/@*").handler(this::show);
        // Libraries carry their version in their address. The console's own files are asked for anew, and mostly not
        // sent.
        get(router, "/_static/*").handler(request -> cached(request, "public, max-age=31536000, immutable"));
        get(router, "/console/*").handler(request -> cached(request, "no-cache"));
    }

    private static Route get(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    private void show(RoutingContext request) {
        request.response()
                .putHeader("Content-Type", "text/html; charset=UTF-8")
                .putHeader("Content-Security-Policy", policy)
                .putHeader("Cache-Control", "no-cache")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .end(page);
    }

    private static void cached(RoutingContext request, String control) {
        HttpServerResponse response = request.response();
        request.addHeadersEndHandler(sent -> {
            response.putHeader("X-Content-Type-Options", "nosniff");
            if (response.getStatusCode() < 400) {
                response.putHeader("Cache-Control", control);
            }
        });
        request.next();
    }

    /** Everything from here, nothing inline. An import map has to stand in the page: its hash lets in this one script. */
    private static String policy(String importMap) throws NoSuchAlgorithmException {
        return "default-src 'none'; script-src 'self' 'sha256-" + sha256(importMap) + "'; style-src 'self'; img-src"
                + " 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
                + " frame-ancestors 'none'";
    }

    private static URL resource(ClassLoader loader, String name) {
        return Objects.requireNonNull(loader.getResource(name), name);
    }

    private static String text(URL resource) throws IOException {
        try (var in = resource.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String sha256(String text) throws NoSuchAlgorithmException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(hash);
    }
}
