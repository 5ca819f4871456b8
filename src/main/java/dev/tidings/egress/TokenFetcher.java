package dev.tidings.egress;

import dev.tidings.webhook.Authentication.OAuth2;
import dev.tidings.webhook.Endpoint;
import dev.tidings.webhook.WebhookChanged;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Fetches access tokens (RFC 6749, 4.4), and keeps each until shortly before its end, in memory alone.
 *
 * <p>Concurrency: any thread asks; one fetch is under way for a webhook, and whoever asks meanwhile gets what it brings. A
 * failure is shared for a moment: an authorization server that is down is not asked once for every delivery that waits.
 * A token belongs to a version of its webhook, so a change of the configuration never meets an old one.
 */
@Singleton
class TokenFetcher {
    private static final int MOST_WEBHOOKS = 10_000;
    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(30);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    /** @param freshUntil of the token or the failure; {@code null}: it is under way */
    private record Kept(int version, Shared<AccessToken> token, AtomicReference<@Nullable Instant> freshUntil) {
        boolean isGood(Endpoint endpoint, Instant now) {
            Instant until = freshUntil.get();
            return version == endpoint.version() && (until == null || now.isBefore(until));
        }
    }

    private final Map<UUID, Kept> kept = new ConcurrentHashMap<>();
    private final TokenCall call;
    private final InstantSource clock;

    TokenFetcher(TokenCall call, InstantSource clock) {
        this.call = call;
        this.clock = clock;
    }

    /** The access token for that endpoint; fails with a {@link BrokenException} when there is none to be had. */
    Uni<String> token(Endpoint endpoint, OAuth2 oauth2) {
        Instant now = clock.instant();
        Kept known = kept.get(endpoint.id());
        if (known == null || !known.isGood(endpoint, now)) {
            makeRoom(endpoint.id());
            known = kept.compute(
                    endpoint.id(),
                    (id, old) -> old != null && old.isGood(endpoint, now) ? old : fetch(endpoint, oauth2));
        }
        return known.token.uni().map(AccessToken::value);
    }

    /** The receiver answered 401 to that token: the next who asks fetches another one, unless somebody did already. */
    void refused(Endpoint endpoint, String token) {
        kept.computeIfPresent(
                endpoint.id(),
                (id, old) -> old.token.holds(found -> found.value().equals(token)) ? null : old);
    }

    /** What was fetched for an older state of that webhook is of no use any more, and for a deleted one never again. */
    void forget(@Observes WebhookChanged changed) {
        kept.remove(changed.webhookId());
    }

    /** How many webhooks' tokens are remembered now. */
    int kept() {
        return kept.size();
    }

    private Kept fetch(Endpoint endpoint, OAuth2 oauth2) {
        var freshUntil = new AtomicReference<@Nullable Instant>();
        Uni<AccessToken> fetched = call.fetch(endpoint, oauth2)
                .invoke(token -> freshUntil.set(freshUntil(token)))
                .onFailure()
                .invoke(failure -> freshUntil.set(clock.instant().plus(PAUSE_AFTER_FAILURE)));
        return new Kept(endpoint.version(), Shared.begin(fetched), freshUntil);
    }

    private Instant freshUntil(AccessToken token) {
        Duration fifth = token.lifetime().dividedBy(5);
        Duration margin = fifth.compareTo(LONGEST_MARGIN) < 0 ? fifth : LONGEST_MARGIN;
        return clock.instant().plus(token.lifetime()).minus(margin);
    }

    /** Bounded whatever customers configure: any other one goes, and is fetched again when it is needed. */
    private void makeRoom(UUID newcomer) {
        var any = kept.keySet().iterator();
        if (kept.size() >= MOST_WEBHOOKS && !kept.containsKey(newcomer) && any.hasNext()) {
            kept.remove(any.next());
        }
    }
}
