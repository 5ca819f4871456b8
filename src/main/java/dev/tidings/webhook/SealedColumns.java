package dev.tidings.webhook;

import dev.tidings.secrets.Vault;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Seals a webhook's secret columns and opens them: each for its row and its column, so that none can stand in another. */
@ApplicationScoped
class SealedColumns {
    private static final String SECRET = "webhook.secret";
    private static final String SIGNING_KEYS = "webhook.signing_keys";
    private static final String HEADERS = "webhook.headers";

    private static final String TLS = "webhook.tls";

    private final Vault vault;

    SealedColumns(Vault vault) {
        this.vault = vault;
    }

    String currentKeyId() {
        return vault.currentKeyId();
    }

    Secrets seal(UUID id, Secrets open) {
        return new Secrets(
                open.secret() == null ? null : vault.seal(open.secret(), id, SECRET),
                open.signingKeys() == null ? null : vault.seal(open.signingKeys(), id, SIGNING_KEYS),
                vault.seal(open.headers(), id, HEADERS));
    }

    @Nullable
    String sealTls(UUID id, @Nullable String open) {
        return open == null ? null : vault.seal(open, id, TLS);
    }

    @Nullable
    String openTls(UUID id, @Nullable String keyId, @Nullable String closed) {
        return closed == null || keyId == null ? null : vault.open(closed, keyId, id, TLS);
    }

    /** @param keyId {@code null}: the row is from before there was encryption, and open as it is */
    Secrets open(UUID id, @Nullable String keyId, Secrets closed) {
        if (keyId == null) {
            return closed;
        }
        return new Secrets(
                closed.secret() == null ? null : vault.open(closed.secret(), keyId, id, SECRET),
                closed.signingKeys() == null ? null : vault.open(closed.signingKeys(), keyId, id, SIGNING_KEYS),
                vault.open(closed.headers(), keyId, id, HEADERS));
    }
}
