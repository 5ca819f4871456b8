package dev.tidings.ingest;

import dev.tidings.feedback.TraceParent;
import dev.tidings.web.Needs;
import dev.tidings.web.Permission;
import dev.tidings.web.ProblemException;
import dev.tidings.web.TenantContext;
import dev.tidings.web.Violation;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Where the messaging platform posts what became of its messages. */
@Path("/v1/feedback-events")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Feedback events", description = "Events in: committed before they are answered, sent at once.")
class FeedbackEventResource {
    private static final String NDJSON = "application/x-ndjson";
    private static final Duration COME_BACK = Duration.ofSeconds(1);

    private static final Violation FOREIGN = new Violation("imsOrg", "The token does not cover this organization");

    private final Ingest ingest;
    private final TenantContext tenants;
    private final BodyReader reader;

    FeedbackEventResource(Ingest ingest, TenantContext tenants, IngestConfig config) {
        this.ingest = ingest;
        this.tenants = tenants;
        this.reader = new BodyReader(config.maxEvents());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "postFeedbackEvents",
            summary = "Post one feedback event, or an array of up to 1,000",
            description = "The tenant is taken from each event. 202 is answered after the commit. A batch is not "
                    + "all-or-nothing: bad members are rejected with a reason, the rest is taken. An eventId makes an "
                    + "event idempotent: a repeat is answered as duplicate and not sent again.")
    @Parameter(
            name = TraceParent.HEADER,
            in = ParameterIn.HEADER,
            schema = @Schema(type = SchemaType.STRING),
            description = "W3C Trace Context: the attempts of these events go on with that trace. One that is not valid"
                    + " is passed over")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = PostedEvent.class),
                        example = PostedEvent.EXAMPLE),
                @Content(mediaType = NDJSON, schema = @Schema(implementation = PostedEvent.class))
            })
    @APIResponse(
            responseCode = "202",
            description = "Committed; one result per event, in the order sent",
            content = @Content(schema = @Schema(implementation = Receipt.class), example = PostedEvent.RECEIPT))
    @APIResponse(
            responseCode = "400",
            description = "The body is not JSON",
            content = @Content(mediaType = "application/problem+json"))
    @APIResponse(
            responseCode = "403",
            description = "The token does not cover the organization of any event",
            content = @Content(mediaType = "application/problem+json"))
    @APIResponse(
            responseCode = "413",
            description = "More than 1,000 events or 5 MiB",
            content = @Content(mediaType = "application/problem+json"))
    @APIResponse(
            responseCode = "422",
            description = "The only event is not valid",
            content = @Content(mediaType = "application/problem+json"))
    @APIResponse(
            responseCode = "429",
            description = "Too many events wait for their commit: try again after Retry-After",
            content = @Content(mediaType = "application/problem+json"))
    @Needs(value = Permission.POST_EVENTS, organization = Needs.Source.BODY)
    public Uni<RestResponse<Receipt>> accept(@Context HttpServerRequest request, byte[] body) {
        return take(reader.json(body), request);
    }

    @POST
    @Consumes(NDJSON)
    @Operation(hidden = true)
    @Needs(value = Permission.POST_EVENTS, organization = Needs.Source.BODY)
    public Uni<RestResponse<Receipt>> acceptLines(@Context HttpServerRequest request, byte[] body) {
        return take(reader.lines(body), request);
    }

    private Uni<RestResponse<Receipt>> take(List<Decoded> read, HttpServerRequest request) {
        if (ingest.isOverloaded()) {
            throw ProblemException.overloaded("Too many events wait for their commit; send this again", COME_BACK);
        }
        List<Decoded> members = read.stream().map(this::covered).toList();
        if (members.stream().allMatch(FeedbackEventResource::isForeign)) {
            throw ProblemException.forbidden("The token does not cover the organization of these events");
        }
        if (members.size() == 1 && members.getFirst() instanceof Decoded.Bad bad) {
            throw ProblemException.invalid(bad.violations());
        }
        return ingest.accept(members, TraceParent.of(request.headers().getAll(TraceParent.HEADER)))
                .map(receipt -> RestResponse.status(RestResponse.Status.ACCEPTED, receipt));
    }

    /** In a batch, an event of an organization that the token does not cover is a bad member; alone it is a 403. */
    private Decoded covered(Decoded member) {
        return member instanceof Decoded.Event decoded
                        && !tenants.covers(decoded.event().tenant().imsOrg())
                ? new Decoded.Bad(decoded.event().origin().eventId(), List.of(FOREIGN))
                : member;
    }

    private static boolean isForeign(Decoded member) {
        return member instanceof Decoded.Bad bad && bad.violations().contains(FOREIGN);
    }
}
