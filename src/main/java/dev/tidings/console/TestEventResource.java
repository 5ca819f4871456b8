package dev.tidings.console;

import dev.tidings.audit.Action;
import dev.tidings.audit.AuditEntry;
import dev.tidings.audit.AuditStore;
import dev.tidings.console.ShownTrace.Own;
import dev.tidings.egress.Outgoing;
import dev.tidings.egress.Outgoing.Mode;
import dev.tidings.egress.WebhookSender;
import dev.tidings.web.Needs;
import dev.tidings.web.Permission;
import dev.tidings.web.Problem;
import dev.tidings.web.ProblemException;
import dev.tidings.web.TenantContext;
import dev.tidings.webhook.Endpoint;
import dev.tidings.webhook.WebhookCache;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Lets a person try a webhook: sends a sample event at once, past queue and log, and tells what came of it. A pause stops
 * deliveries, not tests: whether the endpoint is well again is what one wants to know before resuming.
 */
@Path("/v1/feedback-webhooks/{id}/test")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Feedback webhooks")
public class TestEventResource {
    private final WebhookCache webhooks;
    private final WebhookSender sender;
    private final TenantContext context;
    private final InstantSource clock;
    private final AuditStore audit;

    TestEventResource(
            WebhookCache webhooks, WebhookSender sender, TenantContext context, InstantSource clock, AuditStore audit) {
        this.webhooks = webhooks;
        this.sender = sender;
        this.context = context;
        this.clock = clock;
        this.audit = audit;
    }

    @POST
    @Operation(
            operationId = "sendTestEvent",
            summary = "Sends a sample event to the webhook now",
            description = "One attempt with the header webhook-test: true, not retried and not in the delivery log;"
                    + " allowed while the webhook is paused. The answer is 200 whatever the endpoint says.")
    @Parameter(
            name = TenantContext.SANDBOX_ID,
            in = ParameterIn.HEADER,
            description = "The sandbox's id, shown in the sample event",
            schema = @Schema(implementation = String.class, maxLength = 128))
    @APIResponse(
            responseCode = "200",
            description = "The attempt was made; delivered tells whether the endpoint took it",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = TestEventAnswer.class),
                            examples = {
                                @ExampleObject(name = "delivered", value = DeliveryExamples.TEST_DELIVERED),
                                @ExampleObject(name = "broken", value = DeliveryExamples.TEST_BROKEN)
                            }))
    @APIResponse(
            responseCode = "404",
            description = "The sandbox has no webhook of that id",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "unknown", value = DeliveryExamples.UNKNOWN_WEBHOOK)))
    @Needs(Permission.REPLAY_DELIVERIES)
    public Uni<TestEventAnswer> send(
            @Parameter(description = "The webhook's id", schema = @Schema(type = SchemaType.STRING, format = "uuid"))
                    @PathParam("id")
                    String id) {
        Endpoint endpoint = own(id);
        String eventId = UUID.randomUUID().toString();
        byte[] body = SampleEvent.of(endpoint.tenant(), context.sandboxId(), endpoint.channels(), eventId)
                .body(endpoint.payloadVersion());
        return audit.note(AuditEntry.of(endpoint.tenant(), context.user(), Action.WEBHOOK_TESTED, endpoint.id()))
                .chain(() -> sent(new Outgoing(endpoint, eventId, 1, body, Mode.TEST)));
    }

    private Uni<TestEventAnswer> sent(Outgoing test) {
        Instant startedAt = clock.instant();
        return sender.send(test)
                .map(sent -> TestEventAnswer.of(
                        sent,
                        new Own(test.webhookId(), test.attempt(), startedAt),
                        Duration.between(startedAt, clock.instant()),
                        test.body()));
    }

    private Endpoint own(String id) {
        Endpoint endpoint = find(id);
        if (endpoint == null || !endpoint.tenant().equals(context.tenant())) {
            throw ProblemException.notFound("This sandbox has no webhook " + id);
        }
        return endpoint;
    }

    private @Nullable Endpoint find(String id) {
        try {
            return webhooks.byId(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
