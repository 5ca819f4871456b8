package dev.tidings.webhook;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The submitted webhook as the OpenAPI document describes it; {@link SettingsReader} reads the real one. */
@Schema(name = "WebhookPut", description = "What POST and PUT take. Fields that are left out have their defaults.")
record WebhookPut(
        @Schema(required = true, maxLength = 255) String name,

        @Schema(
                required = true,
                enumeration = {"email", "sms"},
                minItems = 1)
        List<String> channels,

        @Schema(required = true, description = "HTTPS only", maxLength = 2048)
        String url,

        @Nullable AuthenticationPut authentication,
        @Schema(maxItems = 50) @Nullable List<Header> headers,

        @Schema(
                enumeration = {"1", "2"},
                defaultValue = "1")
        @Nullable
        String payloadVersion,

        @Nullable Signing signing,
        @Nullable TlsPut tls,

        @Schema(
                defaultValue = "false",
                description =
                        "Whether attempts carry traceparent (W3C Trace Context), so that the receiver's trace goes on"
                                + " with the sender's: where traces are recorded, or whoever posted the event sent one")
        @Nullable
        Boolean sendTraceparent,

        @Schema(
                writeOnly = true,
                defaultValue = "false",
                description =
                        "Whether the URL has to prove itself before anything is saved: a GET with ?challenge=… must be"
                                + " answered with that value, as text or as {\"challenge\": \"…\"}. Not kept")
        @Nullable
        Boolean challenge) {

    @Schema(name = "HeaderParameter")
    record Header(
            @Schema(required = true) String name,

            @Schema(description = "Required, but for a secret header that is there already") @Nullable
            String value,

            @Schema(defaultValue = "false", description = "Whether the value is write-only") @Nullable
            Boolean secret) {}

    @Schema(name = "Signing")
    record Signing(
            @Schema(
                    required = true,
                    enumeration = {"none", "hmac-sha256", "ed25519"})
            String type,

            @Schema(
                    writeOnly = true,
                    description =
                            "hmac-sha256: whsec_ and the Base64 of 24 to 64 bytes; ed25519: whsk_ and the Base64 of"
                                    + " a private key, or nothing for one that Tidings makes. A PUT without it keeps the stored"
                                    + " one")
            @Nullable
            String secret,

            @Schema(writeOnly = true, description = "ed25519 without a secret: make a new key") @Nullable
            Boolean rotate,

            @Schema(
                    writeOnly = true,
                    minimum = "0",
                    maximum = "604800",
                    description =
                            "How long the key that is replaced goes on signing beside the new one; 0, which is what"
                                    + " a new secret means by itself, ends every older key now")
            @Nullable
            Integer overlapSeconds,

            @Schema(readOnly = true) @Nullable Boolean secretSet,

            @Schema(readOnly = true, description = "ed25519: whpk_ and the Base64 of what receivers verify with")
            @Nullable
            String publicKey,

            @Schema(readOnly = true, description = "Until then older keys sign too") @Nullable
            String overlapUntil) {}

    static final String EXAMPLE = """
            {"name": "Order status feedback", "channels": ["email", "sms"], "url": "https://hooks.example.com/feedback",
             "authentication": {"type": "jwt", "algorithm": "HS256", "secret": "at-least-thirty-two-bytes-of-secret",
               "claims": {"iss": "myImsOrg", "aud": "hooks.example.com"}, "ttlSeconds": 300},
             "headers": [{"name": "X-Team", "value": "crm"}], "payloadVersion": "1", "signing": {"type": "none"}}
            """;
}
