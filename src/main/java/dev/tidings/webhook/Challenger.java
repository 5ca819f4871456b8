package dev.tidings.webhook;

import io.smallrye.mutiny.Uni;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Asks a URL whether it wants to be called. Implemented where requests leave, a floor higher. */
public interface Challenger {

    /** What is wrong with what came back, as it reads on after "url"; {@code null}: the URL has proved itself. */
    Uni<@Nullable String> ask(URI url, Tls tls);
}
