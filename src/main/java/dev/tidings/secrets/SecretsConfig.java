package dev.tidings.secrets;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** The keys that customers' secrets are encrypted with. */
@ConfigMapping(prefix = "tidings.secrets")
public interface SecretsConfig {

    /** The keys, each `id:Base64 of 32 bytes`: the first one encrypts, the others only decrypt. */
    Optional<List<String>> keys();

    /** A file with a key on each line, instead; made where the embedded PostgreSQL is used, or in the dev profile. */
    Optional<String> keysFile();
}
