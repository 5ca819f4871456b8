package dev.tidings.process;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine's Chromium with the console in it. Where there is none, the test that asks for it is skipped. */
final class ConsoleBrowser implements AutoCloseable {
    private final TidingsProcess tidings;
    private final Playwright playwright;
    private final Browser browser;

    private ConsoleBrowser(TidingsProcess tidings, Path chromium) {
        this.tidings = tidings;
        this.playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        this.browser = playwright.chromium().launch(new LaunchOptions().setExecutablePath(chromium));
    }

    static ConsoleBrowser open(TidingsProcess tidings) {
        return new ConsoleBrowser(tidings, chromium().orElseThrow());
    }

    /** To be called before anything is started that only the browser needs. */
    static void assumeIsThere() {
        assumeThat(chromium()).as("Chromium is installed").isPresent();
    }

    private static Optional<Path> chromium() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** How somebody looks at the console. */
    record Look(String language, ColorScheme theme, int width, int height) {
        static final Look USUAL = new Look("en", ColorScheme.LIGHT, 1280, 900);

        Look in(String other) {
            return new Look(other, theme, width, height);
        }
    }

    /** A new window, as of somebody who was never here. */
    ConsoleScreen screen(String organization, Look look) {
        var context = browser.newContext(new Browser.NewContextOptions()
                .setLocale(look.language().equals("zh") ? "zh-CN" : "en-GB")
                .setColorScheme(look.theme())
                .setViewportSize(look.width(), look.height()));
        return new ConsoleScreen(context.newPage(), tidings.uri("/").toString(), organization);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
