package dev.tidings.webhook;

import dev.tidings.feedback.Tenant;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The one webhook of an organization + sandbox, as it is stored. What is secret has columns of its own, sealed, and only
 * {@link WebhookRow} and {@link SealStore} touch them.
 */
@Entity
@SuppressWarnings("NullAway.Init") // Hibernate sets the fields.
public class Webhook extends PanacheEntityBase {
    @Id
    public UUID id;

    @Version
    public int version;

    @Column(name = "ims_org", columnDefinition = "text", updatable = false)
    public String imsOrg;

    @Column(name = "sandbox_name", columnDefinition = "text", updatable = false)
    public String sandboxName;

    @Column(name = "sandbox_id", columnDefinition = "text")
    public @Nullable String sandboxId;

    @Column(columnDefinition = "text")
    public String name;

    @Column(columnDefinition = "text")
    public String channels;

    @Column(columnDefinition = "text")
    public String url;

    @Column(columnDefinition = "text")
    public String authentication;

    @Column(columnDefinition = "text")
    public @Nullable String secret;

    @Column(columnDefinition = "text")
    public String headers;

    @Column(name = "payload_version", columnDefinition = "text")
    public String payloadVersion;

    @Column(name = "signing_keys", columnDefinition = "text")
    public @Nullable String signingKeys;

    /** Of the key with which the secret, the signing keys and the headers are sealed. */
    @Column(name = "key_id", columnDefinition = "text")
    public @Nullable String keyId;

    @Column(columnDefinition = "text")
    public @Nullable String tls;

    @Column(name = "tls_key_id", columnDefinition = "text")
    public @Nullable String tlsKeyId;

    @Column(name = "send_traceparent")
    public boolean sendTraceparent;

    @Column(columnDefinition = "text")
    public String state;

    @Column(name = "state_reason", columnDefinition = "text")
    public @Nullable String stateReason;

    /** Attempts before do not count for its health. */
    @Column(name = "armed_at")
    public Instant armedAt;

    @Column(name = "created_at")
    public Instant createdAt;

    @Column(name = "created_by", columnDefinition = "text")
    public String createdBy;

    @Column(name = "modified_at")
    public Instant modifiedAt;

    @Column(name = "modified_by", columnDefinition = "text")
    public String modifiedBy;

    Tenant tenant() {
        return new Tenant(imsOrg, sandboxName);
    }

    boolean isActive() {
        return state.equals(ACTIVE);
    }

    void changed(Instant when, String who) {
        modifiedAt = when;
        modifiedBy = who;
    }

    /** By a person: whatever paused it before is over. */
    void become(String newState) {
        state = newState;
        stateReason = null;
    }

    /** Its health begins anew. To the microsecond, as the database keeps it. */
    void arm(Instant now) {
        armedAt = now.truncatedTo(ChronoUnit.MICROS);
    }

    static final String ACTIVE = "active";
    static final String PAUSED = "paused";

    /** Never shows what is secret. */
    @Override
    public String toString() {
        return "Webhook[" + id + ", version " + version + "]";
    }
}
