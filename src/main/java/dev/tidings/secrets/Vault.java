package dev.tidings.secrets;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.UUID;

/**
 * Seals what is secret before it is stored, and opens it again. Who stores it keeps the id of the key beside it.
 *
 * <p>Concurrency: any thread; the keys don't change while the process runs.
 */
@ApplicationScoped
public class Vault {
    private final KeyRing keys;

    @Inject
    Vault(SecretsConfig config) {
        this(KeyRing.of(config.keys(), config.keysFile()));
    }

    public Vault(KeyRing keys) {
        this.keys = keys;
    }

    /** The id of the key that {@link #seal} uses. */
    public String currentKeyId() {
        return keys.current();
    }

    /** The ids of the keys with which something can be opened. */
    public Set<String> keyIds() {
        return keys.ids();
    }

    /** Encrypts it with the current key, for that field of that row and no other. */
    public String seal(String text, UUID row, String field) {
        return Envelope.seal(text, keys.key(keys.current()), field + " of " + row);
    }

    /**
     * What was sealed. {@link BadKeyException} when the key is not there, {@link IllegalStateException} when it was sealed
     * for another field or row, or was changed since.
     */
    public String open(String sealed, String keyId, UUID row, String field) {
        return Envelope.open(sealed, keys.key(keyId), field + " of " + row);
    }
}
