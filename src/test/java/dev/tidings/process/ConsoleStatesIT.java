package dev.tidings.process;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import dev.tidings.process.ConsoleBrowser.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every screen of the console in each of its states: full, empty, loading, broken. Pictures are kept. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleStatesIT {
    private static final String SETTINGS = "administration/channels/feedback-webhooks";
    private static final String CAMPAIGN = "16f24a15-7e21-477c-848a-d5695ca7f137";
    private static final String ORGANIZATION = "states";

    private final Map<String, String> screens = new LinkedHashMap<>();
    private TidingsProcess tidings;
    private ConsoleBrowser browser;

    @BeforeAll
    void fill(@TempDir Path folder) throws Exception {
        ConsoleBrowser.assumeIsThere();
        tidings = new TidingsProcess(folder, "quarkus.profile=dev").awaitReady();
        browser = ConsoleBrowser.open(tidings);
        try (var screen = browser.screen(ORGANIZATION, Look.USUAL)) {
            screen.openSettings("");
            screen.api("PUT", "campaigns/" + CAMPAIGN, campaign());
            screen.api("POST", "feedback-webhooks", webhook("/dev/inbox"));
            Object id = screen.webhook().get("id");
            post("arrives", 3);
            screen.api("PUT", "feedback-webhooks/" + id, webhook("/dev/inbox?status=404"));
            post("fails", 3);
            screen.api("PUT", "feedback-webhooks/" + id, webhook("/dev/inbox?status=503"));
            post("waits", 2);
            screen.open("deliveries?state=failed").sees("fails");
            String delivery = screen.page.locator("vaadin-grid a").first().getAttribute("href");
            screen.open("deliveries?state=retrying").sees("waits");
            screens.put("overview", "overview");
            screens.put("deliveries", "deliveries");
            screens.put("delivery", delivery.substring(delivery.indexOf("deliveries/")));
            screens.put("replays", "replays");
            screens.put("replay-new", "replays/new?state=failed");
            screens.put("replay", "replays/" + replay(screen));
            screens.put("campaigns", "campaigns");
            screens.put("inventory", SETTINGS);
            screens.put("webhook", SETTINGS + "/" + id);
            screens.put("form", SETTINGS + "/" + id + "/edit");
            screens.put("guide", SETTINGS + "/" + id + "/guide");
        }
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
        if (tidings != null) {
            tidings.close();
        }
    }

    static Stream<Look> looks() {
        return Stream.of(
                new Look("zh", ColorScheme.DARK, 360, 740),
                new Look("en", ColorScheme.LIGHT, 1280, 900),
                new Look("zh", ColorScheme.LIGHT, 1920, 1080),
                new Look("en", ColorScheme.DARK, 3840, 2160));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void isGoodToReadWhenFull(Look look) {
        try (var screen = browser.screen(ORGANIZATION, look)) {
            screens.forEach((name, path) -> screen.open(path).check("full-" + name(look) + "-" + name));
        }
    }

    static Stream<Look> someLooks() {
        return looks().limit(2);
    }

    @ParameterizedTest
    @MethodSource("someLooks")
    void saysWhatIsMissingWhenEmpty(Look look) {
        try (var screen = browser.screen("nothing-" + look.width(), look)) {
            for (String name : List.of("overview", "deliveries", "replays", "replay-new", "campaigns", "inventory")) {
                screen.open(Objects.requireNonNull(screens.get(name))).check("empty-" + name(look) + "-" + name);
            }
            screen.open("deliveries/" + CAMPAIGN).check("empty-" + name(look) + "-gone");
            screen.open("nowhere").check("empty-" + name(look) + "-no-such-page");
        }
    }

    @ParameterizedTest
    @MethodSource("someLooks")
    void saysWhatIsWrongWhenTheServerIsAway(Look look) {
        try (var screen = browser.screen(ORGANIZATION, look)) {
            screen.page.route("**/v1/**", route -> route.abort());
            screens.forEach((name, path) -> {
                screen.open(path).sees(screen.words("error.network"));
                screen.check("broken-" + name(look) + "-" + name);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("someLooks")
    void showsThatItLoads(Look look) {
        try (var screen = browser.screen(ORGANIZATION, look)) {
            screen.page.route("**/v1/**", route -> {}); // Never answered.
            screens.forEach((name, path) -> {
                screen.page.navigate(screen.address(path));
                assertThat(screen.page.locator("main [role=status]").first()).isVisible();
                screen.check("loading-" + name(look) + "-" + name);
            });
        }
    }

    /** The log answers as fast as it can, so that what is measured is the grid. */
    private static final String ENDLESS_LOG = """
            const real = window.fetch;
            const row = (n) => ({ id: `id-${n}`, state: 'delivered', channel: 'email', feedbackStatus: 'sent',
              requestId: `row-${n}`, messageExecutionID: 'HUMA-1', acceptedAt: '2026-01-01T00:00:00Z', attemptCount: 1,
              nextAttemptAt: null });
            window.fetch = (url, options) => {
              if (!String(url).startsWith('/v1/deliveries?')) {
                return real(url, options);
              }
              const query = new URLSearchParams(String(url).split('?')[1]);
              const first = Number(query.get('cursor') ?? 0);
              const items = Array.from({ length: Number(query.get('limit')) }, (_, i) => row(first + i));
              return Promise.resolve(new Response(JSON.stringify({ items, nextCursor: String(first + items.length) })));
            };
            """;

    @Test
    void scrollsThroughMoreThanAHundredThousandRows() {
        try (var screen = browser.screen(ORGANIZATION, Look.USUAL)) {
            screen.page.addInitScript(ENDLESS_LOG);
            screen.open("deliveries").sees("row-0");

            long begun = System.nanoTime();
            screen.page.evaluate("() => new Promise(done => document.querySelector('deliveries-view')"
                    + ".provide({ page: 2000, pageSize: 50 }, done))");
            screen.page.evaluate("() => { const grid = document.querySelector('vaadin-grid');"
                    + " grid.clearCache(); grid.scrollToIndex(100020); }");
            screen.sees("row-100020");

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
            assertThat((Integer)
                            screen.page.evaluate("() => document.querySelectorAll('vaadin-grid-cell-content').length"))
                    .as("cells in the page, whatever the number of rows")
                    .isLessThan(1_000);
        }
    }

    /** From the request for the page to the first words on it, in a browser that was never here. The best of five. */
    @Test
    void paintsWithinASecond() {
        DoubleSupplier firstPaint = () -> {
            try (var screen = browser.screen(ORGANIZATION, Look.USUAL)) {
                screen.open("overview");
                return ((Number) screen.page.evaluate(
                                "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"))
                        .doubleValue();
            }
        };

        assertThat(DoubleStream.generate(firstPaint).limit(5).min().orElseThrow())
                .isLessThan(1_000);
    }

    private static String name(Look look) {
        return look.width() + "-" + look.language();
    }

    private static Map<String, Object> campaign() {
        return Map.of(
                "name",
                "Order status",
                "category",
                "Transactional",
                "campaignType",
                "ApiTriggered",
                "enableWebhooks",
                true);
    }

    private Map<String, Object> webhook(String path) {
        return new HashMap<>(Map.of(
                "name",
                "Order status feedback",
                "channels",
                List.of("email"),
                "url",
                tidings.uri(path).toString(),
                "headers",
                List.of(Map.of("name", "X-Team", "value", "crm"))));
    }

    private static String replay(ConsoleScreen screen) {
        Map<String, Object> failed = Map.of("filter", Map.of("state", "failed"), "ratePerSecond", 1);
        return String.valueOf(((Map<?, ?>) screen.api("POST", "replays", failed)).get("id"));
    }

    private void post(String requestId, int times) throws IOException, InterruptedException {
        String event = Files.readString(Path.of("src/docs/samples/email-bounce.json"))
                .replace("myImsOrg", ORGANIZATION)
                .replaceFirst("\"requestId\": *\"[^\"]*\"", "\"requestId\": \"" + requestId + "\"");
        for (int i = 0; i < times; i++) {
            assertThat(tidings.send("POST", "/v1/feedback-events", event).statusCode())
                    .isEqualTo(202);
        }
    }
}
