package dev.tidings.webhook;

import dev.tidings.web.JsonFields;
import dev.tidings.web.ProblemException;
import dev.tidings.web.Violation;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has a URL prove that its owner wants to be called, before it becomes a webhook's: so that nobody is aimed at others. */
@ApplicationScoped
class UrlProof {
    private final Challenger challenger;
    private final boolean always;

    UrlProof(Challenger challenger, WebhookConfig config) {
        this.challenger = challenger;
        this.always = config.challenge();
    }

    /** Whether that submission may have to prove its URL. */
    boolean isDemanded(JsonFields fields) {
        return always || Boolean.TRUE.equals(fields.optionalBoolean("challenge"));
    }

    /**
     * 422 when the URL does not prove itself. Asked is what the caller wants asked and, where the operator wants proofs, a
     * URL that is new.
     */
    Uni<Void> demand(Settings settings, @Nullable URI stored) {
        boolean changed = !settings.url().equals(stored);
        if (!settings.challenge() && !(always && changed)) {
            return Uni.createFrom().voidItem();
        }
        return challenger
                .ask(settings.url(), settings.tls())
                .invoke(violation -> {
                    if (violation != null) {
                        throw ProblemException.invalid(List.of(new Violation("url", violation)));
                    }
                })
                .replaceWithVoid();
    }
}
