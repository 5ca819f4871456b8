package dev.tidings.webhook;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A webhook's TLS as the OpenAPI document describes it; {@link TlsReader} reads the real one. */
@Schema(
        name = "Tls",
        description = "For this webhook's connections alone, those to its token endpoint too. TLS 1.2 and 1.3, and the"
                + " host's name is always checked")
record TlsPut(
        @Schema(
                description = "PEM certificates of authorities that are trusted besides the usual ones; at most 20",
                maxLength = 65536)
        @Nullable
        String caCertificates,

        @Schema(
                description = "PEM: what is shown to a receiver that asks for it, followed by its issuers; at most 5",
                maxLength = 65536)
        @Nullable
        String clientCertificate,

        @Schema(
                writeOnly = true,
                description =
                        "PEM (PKCS #8): the private key of clientCertificate. A PUT without it keeps the stored one")
        @Nullable
        String clientKey,

        @Schema(readOnly = true) @Nullable Boolean clientKeySet,

        @Schema(readOnly = true, description = "When the first of these certificates ends") @Nullable
        String expiresAt,

        @Schema(readOnly = true, description = "There when that is less than thirty days away, or over") @Nullable
        String warning) {}
