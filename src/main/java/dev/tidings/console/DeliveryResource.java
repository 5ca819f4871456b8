package dev.tidings.console;

import dev.tidings.audit.Action;
import dev.tidings.audit.AuditEntry;
import dev.tidings.audit.AuditStore;
import dev.tidings.console.DeliveryQuery.Wanted;
import dev.tidings.feedback.Tenant;
import dev.tidings.queue.DeliveryDetail;
import dev.tidings.queue.DeliveryLog;
import dev.tidings.queue.Redelivery;
import dev.tidings.queue.RedeliveryStore;
import dev.tidings.web.Needs;
import dev.tidings.web.PageQuery;
import dev.tidings.web.PathId;
import dev.tidings.web.Permission;
import dev.tidings.web.Problem;
import dev.tidings.web.ProblemException;
import dev.tidings.web.TenantContext;
import dev.tidings.webhook.Endpoint;
import dev.tidings.webhook.WebhookCache;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** The delivery log, for a person who asks what became of an event, and wants it sent again. */
@Path("/v1/deliveries")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Deliveries", description = "What became of each feedback event")
public class DeliveryResource {
    private final DeliveryLog log;
    private final RedeliveryStore redeliveries;
    private final WebhookCache webhooks;
    private final TenantContext context;
    private final AuditStore audit;
    private final WaitingFor waiting;
    private final RedeliveryLimit limit;

    DeliveryResource(
            DeliveryLog log,
            RedeliveryStore redeliveries,
            WebhookCache webhooks,
            TenantContext context,
            AuditStore audit,
            WaitingFor waiting,
            RedeliveryLimit limit) {
        this.log = log;
        this.redeliveries = redeliveries;
        this.webhooks = webhooks;
        this.context = context;
        this.audit = audit;
        this.waiting = waiting;
        this.limit = limit;
    }

    @GET
    @Operation(
            operationId = "listDeliveries",
            summary = "Lists deliveries, newest first",
            description = "All filters together narrow. A page may be short, or empty, and not the last: only a"
                    + " nextCursor of null says that nothing follows. Paging neither repeats nor leaves out what was there when it"
                    + " began, however many arrive meanwhile.")
    @APIResponse(
            responseCode = "200",
            description = "A page",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = DeliveryPage.class),
                            examples = @ExampleObject(name = "failed", value = DeliveryExamples.PAGE)))
    @APIResponse(
            responseCode = "422",
            description = "A filter, the limit or the cursor makes no sense",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "limit", value = DeliveryExamples.BAD_QUERY)))
    @Needs(Permission.READ_DELIVERIES)
    public Uni<DeliveryPage> list(@BeanParam DeliveryQuery query) {
        Tenant tenant = context.tenant();
        Wanted wanted = query.wanted();
        PageQuery page = wanted.page();
        return log.page(tenant, wanted.filter(), page.after(), page.limit())
                .map(found -> DeliveryPage.of(found, waiting));
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getDelivery", summary = "Shows a delivery with its payload and attempts")
    @APIResponse(
            responseCode = "200",
            description = "The delivery",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ShownDelivery.class),
                            examples = @ExampleObject(name = "retrying", value = DeliveryExamples.DETAIL)))
    @APIResponse(
            responseCode = "404",
            description = "The sandbox has no delivery of that id",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "unknown", value = DeliveryExamples.UNKNOWN)))
    @Needs(Permission.READ_DELIVERIES)
    public Uni<ShownDelivery> get(
            @Parameter(description = "The delivery's id", schema = @Schema(type = SchemaType.STRING, format = "uuid"))
                    @PathParam("id")
                    String id) {
        Tenant tenant = context.tenant();
        AuditEntry entry = AuditEntry.of(tenant, context.user(), Action.DELIVERY_READ, known(id));
        boolean masked = !context.mayReadPayloads();
        return log.find(tenant, known(id))
                .map(found -> shown(found, masked, id))
                .call(shown -> masked ? Uni.createFrom().voidItem() : audit.note(entry));
    }

    @POST
    @Path("{id}/redeliver")
    @ResponseStatus(202)
    @Operation(
            operationId = "redeliver",
            summary = "Sends a delivery once more, from the start of the retry schedule",
            description =
                    "The same body with the same webhook-id, to the sandbox's webhook as it is now. A delivery that"
                            + " waits is brought forward; one that is being attempted stays as it is.")
    @APIResponse(
            responseCode = "202",
            description = "It is in the queue",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RedeliveryAnswer.class),
                            examples = @ExampleObject(name = "pending", value = DeliveryExamples.REDELIVERY)))
    @APIResponse(
            responseCode = "404",
            description = "The sandbox has no delivery of that id",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "unknown", value = DeliveryExamples.UNKNOWN)))
    @APIResponse(
            responseCode = "409",
            description = "It was skipped, its payload is gone, or the sandbox has no webhook",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "skipped", value = DeliveryExamples.SKIPPED)))
    @APIResponse(
            responseCode = "429",
            description =
                    "The sandbox asks for more single redeliveries a minute than the operator allows (60, where nothing"
                            + " else is said): try again after Retry-After, or send a whole selection again with a replay",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "too many", value = DeliveryExamples.TOO_MANY)))
    @Needs(Permission.REPLAY_DELIVERIES)
    public Uni<RedeliveryAnswer> redeliver(
            @Parameter(description = "The delivery's id", schema = @Schema(type = SchemaType.STRING, format = "uuid"))
                    @PathParam("id")
                    String id) {
        Tenant tenant = context.tenant();
        limit.take(tenant);
        Endpoint webhook = webhooks.find(tenant);
        boolean paused = webhook != null && !webhook.active();
        return redeliveries
                .redeliver(tenant, known(id), webhook == null ? null : webhook.id(), context.user())
                .map(redelivery -> answer(redelivery, id, paused));
    }

    private static RedeliveryAnswer answer(Redelivery redelivery, String id, boolean paused) {
        return switch (redelivery) {
            case Redelivery.Accepted accepted -> RedeliveryAnswer.of(accepted.delivery(), paused);
            case Redelivery.Unknown unknown -> throw unknown(id);
            case Redelivery.Skipped skipped ->
                throw ProblemException.conflict(
                        "Delivery " + id + " was recorded and never sent, so there is nothing to" + " send again: "
                                + skipped.reason().sentence());
            case Redelivery.Bare bare ->
                throw ProblemException.conflict("The payload of delivery " + id
                        + " was erased, or its retention has ended: there is nothing to send again");
            case Redelivery.NoWebhook noWebhook ->
                throw ProblemException.conflict("The sandbox has no webhook. Create one, then ask again");
        };
    }

    private ShownDelivery shown(@Nullable DeliveryDetail found, boolean masked, String id) {
        if (found == null) {
            throw unknown(id);
        }
        return ShownDelivery.of(found, waiting, masked);
    }

    private static UUID known(String id) {
        return PathId.of(id, () -> unknown(id));
    }

    private static ProblemException unknown(String id) {
        return ProblemException.notFound("This sandbox has no delivery " + id);
    }
}
