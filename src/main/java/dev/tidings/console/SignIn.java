package dev.tidings.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the page tells the browser of the provider where people sign in; nothing of it is a secret. */
record SignIn(Map<String, String> settings, String origin) {

    static SignIn of(ConsoleConfig config) {
        return config.signInIssuer().map(issuer -> of(issuer, config)).orElseGet(() -> new SignIn(Map.of(), ""));
    }

    private static SignIn of(URI issuer, ConsoleConfig config) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("issuer", issuer.toString().replaceFirst("/$", ""));
        settings.put("clientId", config.signInClientId());
        settings.put("scope", config.signInScope());
        return new SignIn(settings, " " + issuer.getScheme() + "://" + issuer.getRawAuthority());
    }

    /** JSON, as the value of an attribute in double quotes; empty: there is no provider. */
    String attribute() {
        try {
            String json = settings.isEmpty() ? "" : new ObjectMapper().writeValueAsString(settings);
            return json.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always written", e);
        }
    }
}
