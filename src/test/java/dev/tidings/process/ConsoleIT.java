package dev.tidings.process;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.options.AriaRole;
import dev.tidings.process.ConsoleBrowser.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console in a real browser, the whole way. Pictures are kept in {@code target/screenshots}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleIT {
    private static final String CAMPAIGN = "16f24a15-7e21-477c-848a-d5695ca7f137";

    private TidingsProcess tidings;
    private ConsoleBrowser browser;

    @BeforeAll
    void start(@TempDir Path folder) {
        ConsoleBrowser.assumeIsThere();
        tidings = new TidingsProcess(
                        folder,
                        "quarkus.profile=dev",
                        "tidings.statistics.fold-every=1s",
                        "tidings.health.look-every=1s")
                .awaitReady();
        browser = ConsoleBrowser.open(tidings);
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

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void leadsFromNothingToADeliveryThatFailedAndWasSentAgain(String language) throws Exception {
        String organization = "way-" + language;
        try (var screen = browser.screen(organization, Look.USUAL.in(language))) {
            screen.open("overview").check(language + "-1-nothing-yet");
            createWebhook(screen);
            sendTestEvent(screen, language);
            enableCampaign(screen, language);
            post(organization, "all-is-well");

            screen.link("nav.deliveries").click();
            screen.sees("all-is-well");
            assertThat(screen.page.locator("vaadin-grid .badge.good").first()).hasText(screen.words("state.delivered"));
            screen.check(language + "-5-delivered");

            pointTo(screen, "/dev/inbox?status=404");
            post(organization, "nobody-there");
            screen.link("nav.deliveries").click();
            screen.sees("nobody-there");
            assertThat(screen.page.locator("vaadin-grid .badge.bad").first()).isVisible();
            screen.page.locator("vaadin-grid a").first().click();
            screen.sees(screen.words("advice.404"));
            assertThat(screen.page.locator(".attempts pre").first()).containsText("404");
            screen.page.locator(".attempts summary").nth(1).click();
            assertThat(screen.page.locator(".attempts pre").nth(1))
                    .containsText(Pattern.compile("webhook-attempt: 1.*: Bearer •••", Pattern.DOTALL));
            screen.page.locator(".attempts summary").nth(2).click();
            screen.check(language + "-6-failed");
            String failed = screen.page.url();

            pointTo(screen, "/dev/inbox");
            screen.page.navigate(failed);
            screen.button("delivery.redeliver").click();
            screen.confirmation("delivery.redeliver").click();
            assertThat(screen.page.locator("h1 .badge.good")).isVisible();
            screen.check(language + "-7-sent-again");
        }
    }

    private void createWebhook(ConsoleScreen screen) {
        screen.link("nav.webhooks").click();
        screen.page
                .getByRole(AriaRole.LINK)
                .getByText(screen.words("webhook.create"))
                .first()
                .click();
        screen.field("form.name").fill("Order status feedback");
        screen.field("form.url").fill(tidings.uri("/dev/inbox").toString());
        screen.radio("auth.jwt").check();
        screen.button("form.generate").click();
        screen.saves("Order status feedback");
    }

    private static void sendTestEvent(ConsoleScreen screen, String language) {
        screen.button("webhook.test").click();
        assertThat(screen.page.locator(".test .notice.good")).isVisible();
        assertThat(screen.page.locator(".test pre").first()).containsText("webhook-test: true");
        assertThat(screen.page.locator(".test .wire")).containsText("127.0.0.1");
        screen.check(language + "-2-test-event");
        screen.link("nav.webhooks").click();
        screen.sees("Order status feedback");
        screen.check(language + "-3-inventory");
    }

    private static void enableCampaign(ConsoleScreen screen, String language) {
        screen.link("nav.campaigns").click();
        screen.button("campaigns.register").click();
        screen.page.locator("dialog input[name=name]").fill("Order status");
        screen.page.locator("dialog input[name=campaignID]").fill(CAMPAIGN);
        screen.confirmation("campaigns.save").click();
        var toggle = screen.page.getByRole(AriaRole.SWITCH);
        toggle.click();
        assertThat(toggle).isChecked();
        screen.check(language + "-4-campaigns");
    }

    private void pointTo(ConsoleScreen screen, String path) {
        screen.openSettings("/" + screen.webhook().get("id") + "/edit");
        screen.field("form.url").fill(tidings.uri(path).toString());
        screen.button("form.submit").click();
        screen.sees(path);
    }

    private void post(String organization, String requestId) throws IOException, InterruptedException {
        String event = Files.readString(Path.of("src/docs/samples/email-bounce.json"))
                .replace("myImsOrg", organization)
                .replaceFirst("\"requestId\": *\"[^\"]*\"", "\"requestId\": \"" + requestId + "\"");
        assertThat(tidings.send("POST", "/v1/feedback-events", event).statusCode())
                .isEqualTo(202);
    }

    @Test
    void isFilledInByKeyboardAlone() {
        try (var screen = browser.screen("keyboard", Look.USUAL)) {
            var keys = screen.openSettings("/new").page.keyboard();
            screen.tabTo("form.name");
            keys.type("By hand");
            screen.tabTo("channel.sms");
            keys.press("Space");
            screen.tabTo("form.url");
            keys.type("http://localhost:1/feedback");
            screen.tabTo("auth.none");
            keys.press("ArrowDown");
            screen.tabTo("form.generate");
            keys.press("Enter");
            screen.tabTo("form.claims");
            keys.press("Control+A");
            keys.type("{\"iss\": \"me\"}");
            screen.tabTo("form.addHeader");
            keys.press("Enter");
            assertThat(screen.field("form.headerKey")).isFocused();
            keys.type("Host");
            screen.tabTo("form.headerValue");
            keys.type("somewhere");
            screen.tabTo("form.submit");
            keys.press("Enter");
            screen.sees("must not be Host");
            assertThat(screen.field("form.headerKey")).isFocused();
            screen.check("en-violation");
            keys.press("Control+A");
            keys.type("X-Team");
            screen.tabTo("form.submit");
            keys.press("Enter");
            screen.hasTitle("By hand");

            assertThat(screen.webhook().get("channels")).isEqualTo(List.of("email"));
        }
    }

    @Test
    void takesAnOAuth2ClientWhoseSecretIsReplacedAndNeverShown() {
        try (var screen = browser.screen("oauth2", Look.USUAL)) {
            screen.openSettings(""); // First without the form, whose many modules a cold browser takes long to fetch.
            screen.openSettings("/new");
            screen.field("form.name").fill("With access tokens");
            screen.field("form.url").fill("http://localhost:1/feedback");
            screen.radio("auth.oauth2").check();
            screen.field("form.tokenUrl").fill("http://localhost:1/token");
            screen.field("form.clientSecret").fill("client-secret-of-nobody");
            screen.field("form.scope").fill("events.write");
            screen.button("form.submit").click();
            screen.sees("must not be empty");
            screen.field("form.clientId").fill("tidings");
            screen.check("en-oauth2");
            screen.saves("With access tokens");
            screen.sees("events.write");
            screen.check("en-oauth2-saved");

            screen.openSettings("/" + screen.webhook().get("id") + "/edit");
            screen.button("form.replace").click();
            screen.field("form.clientSecret").fill("another-secret");
            screen.saves("With access tokens");
            assertThat(String.valueOf(screen.webhook().get("authentication")))
                    .contains("clientId=tidings", "secretSet=true")
                    .doesNotContain("another-secret", "of-nobody");
        }
    }

    @Test
    void letsTidingsMakeAKeyPairAndReplaceIt() {
        try (var screen = browser.screen("generated", Look.USUAL)) {
            screen.openSettings("");
            Map<String, Object> webhook = webhook("With a key pair");
            webhook.put("authentication", Map.of("type", "jwt", "keySource", "generated", "algorithm", "ES256"));
            screen.api("POST", "feedback-webhooks", webhook);
            String id = "/" + screen.webhook().get("id");
            screen.openSettings(id + "/edit").check("en-key-pair");
            screen.button("form.rotate").first().click();
            screen.sees(screen.words("form.pairOverlapHelp"));
            screen.saves("With a key pair");
            screen.sees("/.well-known/feedback-webhooks" + id + "/jwks.json");
            screen.openSettings(id + "/guide").sees("process.env.JWKS_URL");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void tellsAReceiverItsTraceWhereThatIsSwitchedOn(String language) {
        try (var screen = browser.screen("traces-" + language, Look.USUAL.in(language))) {
            screen.openSettings("");
            screen.api("POST", "feedback-webhooks", webhook("Traced"));
            String form = "/" + screen.webhook().get("id") + "/edit";
            screen.openSettings(form);
            assertThat(screen.field("form.traceparent")).not().isChecked();
            screen.field("form.traceparent").check();
            screen.sees(screen.words("form.traceparentHelp"));
            screen.check(language + "-traceparent");
            screen.saves("Traced");
            screen.sees(screen.words("webhook.traceparent"));
            assertThat(screen.webhook().get("sendTraceparent")).isEqualTo(true);

            screen.openSettings(form);
            assertThat(screen.field("form.traceparent")).isChecked();
            screen.field("form.traceparent").uncheck();
            screen.saves("Traced");
            assertThat(screen.webhook().get("sendTraceparent")).isEqualTo(false);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void saysThatAnEndpointIsUnstableAndWhy(String language) throws Exception {
        String organization = "unstable-" + language;
        try (var screen = browser.screen(organization, Look.USUAL.in(language))) {
            screen.openSettings("");
            screen.api("PUT", "campaigns/" + CAMPAIGN, campaign());
            screen.api("POST", "feedback-webhooks", webhook("/dev/inbox?status=404", "Order status feedback"));
            for (int i = 0; i < 12; i++) {
                post(organization, "lost-" + i);
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> screen.webhook().get("health") instanceof Map<?, ?> health
                            && "unstable".equals(health.get("state")));

            screen.openSettings("/" + screen.webhook().get("id")).sees(screen.words("webhook.isUnstable"));
            assertThat(screen.page.locator(".notice.warn")).containsText("404");
            screen.check(language + "-unstable");
            screen.openSettings("").sees(screen.words("health.unstable"));
            screen.check(language + "-unstable-inventory");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void saysWhatADeliveryWaitsFor(String language) throws Exception {
        String organization = "waits-" + language;
        try (var screen = browser.screen(organization, Look.USUAL.in(language))) {
            screen.openSettings("");
            screen.api("PUT", "campaigns/" + CAMPAIGN, campaign());
            screen.api("POST", "feedback-webhooks", webhook("/dev/inbox?status=503", "Order status feedback"));
            post(organization, "waits");
            screen.open("deliveries?state=retrying").sees("waits");
            screen.page.locator("vaadin-grid a").first().click();
            screen.sees(screen.words("wait.schedule").split("\\{", 2)[0]);
            screen.check(language + "-waits-for-its-time");

            screen.api("POST", "feedback-webhooks/" + screen.webhook().get("id") + "/pause", null);
            screen.sees(screen.words("wait.resume"));
            assertThat(screen.link("delivery.fixWebhook")).isVisible();
            screen.check(language + "-waits-for-a-resume");
        }
    }

    @Test
    void runsNoScriptThatIsPutIntoThePage() {
        try (var screen = browser.screen("policy", Look.USUAL)) {
            screen.openSettings("");
            Object ran = screen.page.evaluate("""
                    () => new Promise(done => {
                      const refused = [];
                      addEventListener('securitypolicyviolation', event => refused.push(event.effectiveDirective));
                      const script = document.createElement('script');
                      script.textContent = 'window.intruder = 1';
                      document.body.append(script);
                      document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.intruder = 2">');
                      setTimeout(() => done([window.intruder ?? 0, refused.join(' ')]), 500);
                    })""");
            assertThat(String.valueOf(ran)).startsWith("[0, ").contains("script-src-elem", "script-src-attr");
            screen.forgives("Content Security Policy");
        }
    }

    @Test
    void overwritesNobodysChangeUnasked() {
        try (var screen = browser.screen("two-admins", Look.USUAL)) {
            screen.openSettings("");
            Map<String, Object> webhook = webhook("First");
            screen.api("POST", "feedback-webhooks", webhook);
            Object id = screen.webhook().get("id");
            screen.openSettings("/" + id + "/edit");
            screen.field("form.name").fill("Mine");
            webhook.put("name", "Theirs");
            screen.api("PUT", "feedback-webhooks/" + id, webhook);

            screen.link("nav.overview").click();
            screen.confirmation("leave.stay").click();
            screen.button("form.submit").click();
            screen.sees(screen.words("form.stale"));
            screen.check("en-changed-meanwhile");
            screen.button("form.staleKeep").click();

            screen.hasTitle("Mine");
        }
    }

    @Test
    void deletesAfterItSaidWhatThatMeans() {
        try (var screen = browser.screen("delete", Look.USUAL)) {
            screen.openSettings("");
            screen.api("POST", "feedback-webhooks", webhook("Short-lived"));
            screen.openSettings("/" + screen.webhook().get("id"));
            screen.button("webhook.pause").click();
            screen.confirmation("webhook.pause").click();
            screen.sees(screen.words("webhook.isPaused"));
            screen.button("webhook.delete").click();
            screen.check("en-delete");
            screen.confirmation("webhook.delete").click();

            screen.sees(screen.words("inventory.empty"));
        }
    }

    private static Map<String, Object> webhook(String name) {
        return new HashMap<>(Map.of("name", name, "channels", List.of("email"), "url", "http://localhost:1/x"));
    }

    @Test
    void replaysWhatFailedOnceItsReceiverIsWell() throws Exception {
        try (var screen = browser.screen("replays", Look.USUAL)) {
            screen.openSettings("");
            screen.api("PUT", "campaigns/" + CAMPAIGN, campaign());
            screen.api("POST", "feedback-webhooks", webhook("/dev/inbox?status=404", "For replays"));
            for (int i = 0; i < 3; i++) {
                post("replays", "lost-" + i);
            }
            screen.open("deliveries?state=failed");
            assertThat(screen.page.locator("vaadin-grid .badge.bad >> visible=true"))
                    .hasCount(3);
            screen.api("PUT", "feedback-webhooks/" + screen.webhook().get("id"), webhook("/dev/inbox", "For replays"));

            screen.link("replay.these").click();
            screen.sees(screen.words("replay.selects", "count", "3"));
            screen.check("en-replay-counted");
            screen.button("replay.start").click();
            screen.confirmation("replay.start").click();
            assertThat(screen.page.locator("h1 .badge.good")).hasText(screen.words("replay.completed"));
            screen.sees(screen.words("replay.progress", "done", "3", "all", "3"));
            screen.check("en-replay-completed");
            screen.link("replay.toList").click();
            screen.sees(screen.words("replay.completed"));

            screen.open("deliveries?state=delivered");
            assertThat(screen.page.locator("vaadin-grid .badge.good >> visible=true"))
                    .hasCount(3);
        }
    }

    @Test
    void cancelsAReplayThatIsUnderWay() throws Exception {
        try (var screen = browser.screen("cancels", Look.USUAL)) {
            screen.openSettings("");
            screen.api("PUT", "campaigns/" + CAMPAIGN, campaign());
            screen.api("POST", "feedback-webhooks", webhook("/dev/inbox?status=404", "For replays"));
            for (int i = 0; i < 60; i++) {
                post("cancels", "lost-" + i);
            }
            screen.open("replays/new?state=failed");
            screen.page.locator("input[name=rate]").fill("1");
            screen.button("replay.start").click();
            screen.confirmation("replay.start").click();
            screen.button("replay.cancel").click();
            screen.confirmation("replay.cancel").click();

            screen.sees(screen.words("replay.cancelledHelp"));
            assertThat(screen.page.locator("h1 .badge")).hasText(screen.words("replay.cancelled"));
            screen.check("en-replay-cancelled");
        }
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

    private Map<String, Object> webhook(String path, String name) {
        var webhook = new HashMap<>(webhook(name));
        webhook.put("url", tidings.uri(path).toString());
        return webhook;
    }

    @Test
    void keepsTheLanguageAndTheThemeThatWereChosen() {
        try (var screen = browser.screen("choices", Look.USUAL)) {
            screen.open("overview");
            screen.button("language.switch").click();
            screen.hasTitle("概览");
            screen.button("theme.dark").click();
            screen.page.reload();

            screen.hasTitle("概览");
            assertThat(screen.page.locator("html")).hasAttribute("theme", "dark");
            assertThat(screen.page.locator("html")).hasAttribute("lang", "zh-Hans");
        }
    }

    @Test
    void saysEverythingInBothLanguages() {
        try (var screen = browser.screen("words", Look.USUAL)) {
            screen.open("overview");

            assertThat((List<?>)
                            screen.page.evaluate("import('/console/words/words.js').then(words => words.missing())"))
                    .isEmpty();
        }
    }
}
