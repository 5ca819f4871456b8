package dev.tidings.egress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an authorization server gave (RFC 6749, 5.1). */
record AccessToken(String value, Duration lifetime) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Visible ASCII, as a header's value may be. */
    private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7e]{1,16384}");
    /** The error codes of RFC 6749, 5.2, and what servers add to them. */
    private static final Pattern ERROR = Pattern.compile("[a-zA-Z0-9_.-]{1,64}");

    private static final Duration UNSAID = Duration.ofMinutes(5);
    private static final long LONGEST_SECONDS = Duration.ofDays(1).toSeconds();

    /** The token in that answer, when it is one for a {@code Bearer} header. */
    static Optional<AccessToken> in(String answer) {
        JsonNode json = parse(answer);
        String value = json.path("access_token").asText("");
        String type = json.path("token_type").asText("Bearer");
        return VALUE.matcher(value).matches() && type.equalsIgnoreCase("Bearer")
                ? Optional.of(new AccessToken(value, lifetime(json.path("expires_in"))))
                : Optional.empty();
    }

    /** The error's code in that answer. Nothing else of it is shown: it may repeat what was sent. */
    static Optional<String> error(String answer) {
        return Optional.of(parse(answer).path("error").asText(""))
                .filter(code -> ERROR.matcher(code).matches());
    }

    /** Some servers write the number as a string. */
    private static Duration lifetime(JsonNode seconds) {
        return seconds.isMissingNode() || seconds.isNull()
                ? UNSAID
                : Duration.ofSeconds(Math.clamp(seconds.asLong(0), 0, LONGEST_SECONDS));
    }

    private static JsonNode parse(String answer) {
        try {
            return JSON.readTree(answer);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    /** Never shows the token. */
    @Override
    public String toString() {
        return "AccessToken[***, lifetime=" + lifetime + "]";
    }
}
