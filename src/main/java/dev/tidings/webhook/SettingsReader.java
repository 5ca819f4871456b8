package dev.tidings.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.feedback.Channel;
import dev.tidings.feedback.PayloadVersion;
import dev.tidings.web.JsonFields;
import dev.tidings.webhook.AuthenticationReader.Means;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and validates what an admin submits; everything that is wrong is told at once, each with its own message. */
final class SettingsReader {
    private static final int MOST_HEADERS = 50;
    private static final URI NOWHERE = URI.create("https://invalid");

    private final JsonFields fields;
    private final Means means;
    private final Authentication storedAuthentication;
    private final Signing storedSigning;
    private final List<HeaderParameter> storedHeaders;
    private final Tls storedTls;

    private SettingsReader(JsonFields fields, @Nullable Endpoint stored, Means means) {
        this.fields = fields;
        this.means = means;
        this.storedAuthentication = stored == null ? new Authentication.None() : stored.authentication();
        this.storedSigning = stored == null ? new Signing.None() : stored.signing();
        this.storedHeaders = stored == null ? List.of() : stored.headers();
        this.storedTls = stored == null ? Tls.USUAL : stored.tls();
    }

    /**
     * The submitted settings; 422 with all violations when there are any.
     *
     * @param stored the webhook as it is, whose secrets stay where none are sent; {@code null}: it is a new one
     */
    static Settings read(JsonFields fields, @Nullable Endpoint stored, Means means) {
        Settings settings = new SettingsReader(fields, stored, means).settings();
        fields.check();
        return settings;
    }

    private Settings settings() {
        String name = fields.line("name", 255);
        Set<Channel> channels = channels();
        URI url = url();
        Authentication authentication =
                AuthenticationReader.read(fields.optionalObject("authentication"), storedAuthentication, means);
        return new Settings(
                name == null ? "" : name,
                channels,
                url,
                authentication,
                headers(authentication),
                payloadVersion(),
                SigningReader.read(fields.optionalObject("signing"), storedSigning, means.now()),
                TlsReader.read(fields.optionalObject("tls"), storedTls, means.now()),
                Boolean.TRUE.equals(fields.optionalBoolean("sendTraceparent")),
                Boolean.TRUE.equals(fields.optionalBoolean("challenge")));
    }

    private Set<Channel> channels() {
        Set<Channel> channels = EnumSet.noneOf(Channel.class);
        JsonNode array = fields.array("channels", 10);
        if (array == null || array.isEmpty()) {
            if (array != null || !fields.has("channels")) {
                fields.violate("channels", "must hold at least one of email, sms");
            }
            return channels;
        }
        for (int i = 0; i < array.size(); i++) {
            Channel channel = Channel.of(array.get(i).asText("")).orElse(null);
            if (channel == null) {
                fields.violate("channels[" + i + "]", "must be email or sms");
            } else if (!channels.add(channel)) {
                fields.violate("channels[" + i + "]", "is there twice");
            }
        }
        return channels;
    }

    private URI url() {
        String text = fields.line("url", 4_096);
        if (text == null) {
            return NOWHERE;
        }
        String violation = means.urls().violation(text);
        if (violation != null) {
            fields.violate("url", violation);
            return NOWHERE;
        }
        return URI.create(text);
    }

    private List<HeaderParameter> headers(Authentication authentication) {
        Set<String> taken = new HashSet<>();
        String what = authentication instanceof Authentication.Jwt ? "the JWT is" : "the webhook's credentials are";
        String own = authentication.header();
        String ownHeader = own == null ? "" : own.toLowerCase(Locale.ROOT);
        List<HeaderParameter> headers = new ArrayList<>();
        for (JsonFields header : fields.optionalObjects("headers", MOST_HEADERS)) {
            String name = header.line("name", 1_024);
            boolean secret = Boolean.TRUE.equals(header.optionalBoolean("secret"));
            String value = header.has("value") ? header.optionalText("value", 8_192) : stored(name, secret);
            if (!header.has("value") && value == null) {
                header.violate("value", "is required");
            }
            if (name != null) {
                check(header, name, ownHeader.equals(name.toLowerCase(Locale.ROOT)) ? what : null, taken);
            }
            if (value != null && HeaderRules.valueViolation(value) != null) {
                header.violate("value", String.valueOf(HeaderRules.valueViolation(value)));
            }
            headers.add(new HeaderParameter(String.valueOf(name), String.valueOf(value), secret));
        }
        return headers;
    }

    /** A secret value that is left out stays as it is. */
    private @Nullable String stored(@Nullable String name, boolean secret) {
        return storedHeaders.stream()
                .filter(old -> secret && old.secret() && old.name().equalsIgnoreCase(name))
                .map(HeaderParameter::value)
                .findFirst()
                .orElse(null);
    }

    private static void check(JsonFields header, String name, @Nullable String what, Set<String> taken) {
        String violation = HeaderRules.nameViolation(name);
        String lower = name.toLowerCase(Locale.ROOT);
        if (violation != null) {
            header.violate("name", violation);
        } else if (what != null) {
            header.violate("name", "must not be " + name + ": " + what + " sent in this header");
        } else if (!taken.add(lower)) {
            header.violate("name", "must not be there twice: " + name + " (upper and lower case are the same)");
        }
    }

    private PayloadVersion payloadVersion() {
        String word = fields.optionalLine("payloadVersion", 16);
        PayloadVersion version =
                word == null ? PayloadVersion.V1 : PayloadVersion.of(word).orElse(null);
        if (version == null) {
            fields.violate("payloadVersion", "must be \"1\" or \"2\"");
            return PayloadVersion.V1;
        }
        return version;
    }
}
