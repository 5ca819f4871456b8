package dev.tidings.process;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.process.ConsoleBrowser.Look;
import dev.tidings.testing.Postgres;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console of the prod profile: through a provider where there is one, and with a token where there is none. */
class SignInIT {

    @Test
    void signsInAtTheProviderAndComesBackToTheSameScreen(@TempDir Path folder) throws Exception {
        ConsoleBrowser.assumeIsThere();
        try (var provider = new SignInProvider();
                var tidings = production(folder, provider, "tidings.console.sign-in-issuer=" + provider.issuer());
                var browser = ConsoleBrowser.open(tidings);
                var screen = browser.screen("myImsOrg", Look.USUAL).signsInAt(provider.issuer())) {
            screen.page.navigate(screen.address("administration/channels/feedback-webhooks?from=a-link"));
            screen.sees(screen.words("inventory.empty"));

            assertThat(screen.page.url()).endsWith("feedback-webhooks?from=a-link");
            assertThat(screen.button("token.forget")).isVisible();
            assertThat(provider.grants).containsExactly("authorization_code");

            screen.page.evaluate("() => sessionStorage.setItem('tidings.token', 'long.over.due')");
            screen.page.reload();
            screen.sees(screen.words("inventory.empty"));

            assertThat(provider.grants).containsExactly("authorization_code", "refresh_token");
        }
    }

    @Test
    void asksForATokenWhereNoProviderIsConfigured(@TempDir Path folder) throws Exception {
        ConsoleBrowser.assumeIsThere();
        try (var provider = new SignInProvider();
                var tidings = production(folder, provider, "tidings.console.sign-in-client-id=unused");
                var browser = ConsoleBrowser.open(tidings);
                var screen = browser.screen("myImsOrg", Look.USUAL)) {
            screen.page.navigate(screen.address("deliveries"));

            assertThat(screen.field("token.label")).isVisible();
            screen.check("en-token");
        }
    }

    private static TidingsProcess production(Path folder, SignInProvider provider, String setting) throws Exception {
        return new TidingsProcess(
                        folder,
                        "mp.jwt.verify.publickey.location="
                                + provider.publicKey(folder).toUri(),
                        "mp.jwt.verify.issuer=" + provider.issuer(),
                        "quarkus.datasource.reactive.url=" + Postgres.newDatabase(),
                        "quarkus.datasource.username=postgres",
                        "quarkus.datasource.password=postgres",
                        "tidings.secrets.keys=test:" + Base64.getEncoder().encodeToString(new byte[32]),
                        setting)
                .awaitReady();
    }
}
