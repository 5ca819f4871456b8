package dev.tidings.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidings.audit.Action;
import dev.tidings.audit.AuditEntry;
import dev.tidings.audit.AuditStore;
import dev.tidings.feedback.Tenant;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells the audit trail how a webhook was changed: as the API shows it, and which secrets were replaced, not how. */
@ApplicationScoped
class WebhookAudit {
    private final WebhookRow rows;
    private final ObjectMapper json;
    private final InstantSource clock;

    WebhookAudit(WebhookRow rows, ObjectMapper json, InstantSource clock) {
        this.rows = rows;
        this.json = json;
        this.clock = clock;
    }

    /** A webhook at one moment. Only what the API shows of it is written anywhere. */
    record Picture(UUID id, Tenant tenant, Endpoint endpoint, WebhookView view) {}

    /** The webhook as it is now. */
    Picture picture(Webhook row) {
        Endpoint endpoint = rows.endpoint(row);
        return new Picture(
                row.id,
                row.tenant(),
                endpoint,
                WebhookView.of(row, endpoint, Health.fresh(row.armedAt), clock.instant()));
    }

    /** Adds an entry in the transaction of the current session. */
    Uni<Void> add(Action action, String who, @Nullable Picture before, @Nullable Webhook after) {
        Picture now = after == null ? null : picture(after);
        Picture any = now == null ? before : now;
        if (any == null) {
            throw new IllegalArgumentException("neither before nor after");
        }
        List<String> replaced = before == null || now == null ? List.of() : replaced(before.endpoint, now.endpoint);
        var entry = new AuditEntry(
                any.tenant, who, action, any.id.toString(), text(before, List.of()), text(now, replaced));
        return AuditStore.withinSession(entry);
    }

    private static List<String> replaced(Endpoint before, Endpoint now) {
        List<String> names = new ArrayList<>();
        if (before.authentication().getClass() == now.authentication().getClass()
                && !secretOf(before.authentication()).equals(secretOf(now.authentication()))) {
            names.add("authentication");
        }
        if (before.signing() instanceof Signing.Keys
                && now.signing() instanceof Signing.Keys
                && !before.signing().equals(now.signing())) {
            names.add("signing");
        }
        for (HeaderParameter header : now.headers()) {
            boolean was = before.headers().stream()
                    .anyMatch(old -> old.secret()
                            && old.name().equalsIgnoreCase(header.name())
                            && !old.value().equals(header.value()));
            if (header.secret() && was) {
                names.add("headers." + header.name());
            }
        }
        return names;
    }

    private static Object secretOf(Authentication authentication) {
        return switch (authentication) {
            case Authentication.None none -> "";
            case Authentication.Basic basic -> basic.password();
            case Authentication.OAuth2 oauth2 -> oauth2.client().secret();
            case Authentication.Jwt jwt -> jwt.keys();
        };
    }

    private @Nullable String text(@Nullable Picture picture, List<String> replaced) {
        if (picture == null) {
            return null;
        }
        ObjectNode tree = json.valueToTree(picture.view);
        tree.remove("health");
        if (!replaced.isEmpty()) {
            tree.set("secretsReplaced", json.valueToTree(replaced));
        }
        try {
            return json.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what the API shows always can be written", e);
        }
    }
}
