package dev.tidings.web;

import dev.tidings.feedback.Tenant;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tenant that a request is for, from its headers, once it is known that the caller may ask for it. To be asked
 * before the request's method returns: later the request may be over.
 */
@RequestScoped
public class TenantContext {
    /** The header of the organization. */
    public static final String ORGANIZATION = "x-gw-ims-org-id";

    /** The header of the sandbox's name. */
    public static final String SANDBOX_NAME = "x-sandbox-name";

    /** The header of the sandbox's id. */
    public static final String SANDBOX_ID = "x-sandbox-id";

    private static final int LONGEST = 128;

    private final HttpHeaders headers;
    private final SecurityConfig config;
    private @Nullable Caller caller;

    TenantContext(HttpHeaders headers, SecurityConfig config) {
        this.headers = headers;
        this.config = config;
    }

    /** Told by the one filter that asks for tokens. */
    void calledBy(Caller known) {
        caller = known;
    }

    /** The tenant: 400 without both headers, 403 when the token does not cover the organization. */
    public Tenant tenant() {
        return new Tenant(organization(), required(SANDBOX_NAME, "the sandbox's name"));
    }

    /** The organization: 400 without its header, 403 when the token does not cover it. */
    public String organization() {
        String imsOrg = required(ORGANIZATION, "the organization");
        requireOrganization(imsOrg);
        return imsOrg;
    }

    /** The sandbox's name, or {@code null} when the request is for all sandboxes of the organization. */
    public @Nullable String sandboxName() {
        return optional(SANDBOX_NAME);
    }

    /** The sandbox's id, where the caller tells it. */
    public @Nullable String sandboxId() {
        return optional(SANDBOX_ID);
    }

    /** 403 unless the token covers that organization. */
    public void requireOrganization(String imsOrg) {
        if (!covers(imsOrg)) {
            throw ProblemException.forbidden("The token does not cover this organization: use one that does, or"
                    + " another organization in " + ORGANIZATION);
        }
    }

    /** Whether the token covers that organization. */
    public boolean covers(String imsOrg) {
        return caller().covers(imsOrg);
    }

    /** Whether payloads are to be shown as they are: without masks, or to whoever may see them. */
    public boolean mayReadPayloads() {
        return !config.maskPayloads() || caller().may(Permission.READ_PAYLOADS);
    }

    /** The name of the token's subject; {@code anonymous} where no token is asked for. */
    public String user() {
        return caller().user();
    }

    /** A route that the filter passed over has no caller: it gets no tenant either. */
    private Caller caller() {
        if (caller == null) {
            throw ProblemException.unauthorized("A bearer token is required", "Bearer");
        }
        return caller;
    }

    private String required(String name, String meaning) {
        String value = optional(name);
        if (value == null) {
            throw bad(name, "is required: it names " + meaning);
        }
        return value;
    }

    private @Nullable String optional(String name) {
        List<String> values = headers.getRequestHeader(name);
        if (values == null || values.isEmpty()) {
            return null;
        }
        String value = values.getFirst().strip();
        if (values.size() > 1) {
            throw bad(name, "must be there once only");
        }
        if (value.isEmpty()) {
            throw bad(name, "must not be empty");
        }
        if (value.length() > LONGEST) {
            throw bad(name, "must have at most " + LONGEST + " characters, has " + value.length());
        }
        if (!value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw bad(name, "must hold visible ASCII characters only");
        }
        return value;
    }

    private static ProblemException bad(String name, String message) {
        return ProblemException.malformed(List.of(new Violation(name, message)));
    }
}
