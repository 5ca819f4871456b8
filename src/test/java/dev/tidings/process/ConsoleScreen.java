package dev.tidings.process;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByLabelOptions;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A window of the console, in the words of its language: whatever is looked for is named by the key of its words. Notes what
 * no page may do: speak with another host, break the policy, throw.
 */
final class ConsoleScreen implements AutoCloseable {
    private static final String SETTINGS = "administration/channels/feedback-webhooks";
    private static final double PATIENCE_MILLIS = 20_000;

    final Page page;
    private final String origin;
    private final String organization;
    private final List<String> complaints = new ArrayList<>();
    private String provider = "data:";

    ConsoleScreen(Page page, String origin, String organization) {
        this.page = page;
        this.origin = origin;
        this.organization = organization;
        page.setDefaultTimeout(PATIENCE_MILLIS);
        setDefaultAssertionTimeout(PATIENCE_MILLIS);
        page.onRequest(request -> {
            if (Stream.of(origin, "data:", provider).noneMatch(request.url()::startsWith)) {
                complaints.add("asked another host: " + request.url());
            }
        });
        page.onPageError(error -> complaints.add("threw: " + error));
        page.onConsoleMessage(message -> {
            // An answer that is no success is told by the browser too; some are what is tried here.
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                complaints.add("said: " + message.text());
            }
        });
    }

    /** Where people sign in may be asked too. */
    ConsoleScreen signsInAt(String issuer) {
        provider = issuer;
        return this;
    }

    /** What was said with that in it was meant to be. */
    void forgives(String words) {
        complaints.removeIf(complaint -> complaint.contains(words));
    }

    ConsoleScreen open(String path) {
        page.navigate(address(path));
        assertThat(page.locator("main h1:not(.sr-only)").first()).isVisible();
        return this;
    }

    ConsoleScreen openSettings(String rest) {
        return open(SETTINGS + rest);
    }

    String address(String path) {
        return origin + "@" + organization + "/prod/" + path;
    }

    /** The words of that key in the page's language; values are pairs of name and value. */
    String words(String key, String... values) {
        String words =
                (String) page.evaluate("key => import('/console/words/words.js').then(words => words.t(key))", key);
        for (int i = 0; i < values.length; i += 2) {
            words = words.replace("{" + values[i] + "}", values[i + 1]);
        }
        return words;
    }

    Locator field(String key) {
        return page.getByLabel(words(key), new GetByLabelOptions().setExact(true));
    }

    Locator button(String key) {
        return page.getByRole(AriaRole.BUTTON, named(key).setExact(true));
    }

    Locator link(String key) {
        return page.getByRole(AriaRole.LINK, named(key).setExact(true)).first();
    }

    Locator radio(String key) {
        return page.getByRole(AriaRole.RADIO, named(key));
    }

    Locator confirmation(String key) {
        return page.getByRole(AriaRole.DIALOG)
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(words(key)).setExact(true));
    }

    private GetByRoleOptions named(String key) {
        return new GetByRoleOptions().setName(words(key));
    }

    void sees(String text) {
        assertThat(page.locator("main").getByText(text).first()).isVisible();
    }

    void hasTitle(String text) {
        assertThat(page.locator("main h1").first()).containsText(text);
    }

    /** Submits the form, whose title may be the webhook's already, and waits until it is gone. */
    void saves(String title) {
        button("form.submit").click();
        assertThat(page.locator(".webhook-form")).isHidden();
        hasTitle(title);
    }

    /** Goes on with Tab, as far as it takes, until the focus is on what has that label or text. */
    void tabTo(String key) {
        String wanted = words(key);
        for (int i = 0; i < 60; i++) {
            page.keyboard().press("Tab");
            Object name = page.evaluate("() => { const it = document.activeElement;"
                    + " return (it.labels?.[0] ?? it).innerText.trim().split('\\n')[0] || it.ariaLabel; }");
            if (wanted.equals(name)) {
                return;
            }
        }
        throw new AssertionError("Tab does not lead to " + wanted);
    }

    /** Looks at it whole: axe finds nothing, nothing is wider than the window; a picture is kept. */
    ConsoleScreen check(String name) {
        page.waitForTimeout(250); // Pictures of things that are still moving are no use to anybody.
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screenshots", name + ".png")));
        assertThat(violations()).as(name).isEmpty();
        assertThat(page.evaluate("() => document.documentElement.scrollWidth - innerWidth"))
                .as("what sticks out of " + name)
                .isEqualTo(0);
        return this;
    }

    private List<?> violations() {
        page.evaluate(axe());
        Object found = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] }).then(result =>"
                + " result.violations.map(one => one.id + ' ' + one.nodes.map(node => node.target).join(' | ')))");
        return (List<?>) found;
    }

    private static String axe() {
        try (var script = Objects.requireNonNull(ConsoleScreen.class.getResourceAsStream("/axe.min.js"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Calls the API from the page, as anybody could. */
    Object api(String method, String path, @Nullable Object body) {
        return page.evaluate(
                "([method, path, body]) => import('/console/api/client.js')"
                        + ".then(client => client.call(method, path, body === null ? {} : { body }))"
                        + ".then(answer => answer.body ?? null)",
                Arrays.asList(method, path, body));
    }

    /** The one webhook of this organization. */
    Map<?, ?> webhook() {
        return (Map<?, ?>)
                page.evaluate("() => import('/console/api/webhooks.js').then(webhooks => webhooks.ownWebhook())");
    }

    @Override
    public void close() {
        page.context().close();
        assertThat(complaints).isEmpty();
    }
}
