package dev.tidings.console;

import dev.tidings.feedback.Tenant;
import dev.tidings.queue.Replay;
import dev.tidings.queue.Replay.Count;
import dev.tidings.queue.ReplayStore;
import dev.tidings.queue.UuidV7;
import dev.tidings.web.JsonBody;
import dev.tidings.web.Needs;
import dev.tidings.web.PageQuery;
import dev.tidings.web.PathId;
import dev.tidings.web.Permission;
import dev.tidings.web.Problem;
import dev.tidings.web.ProblemException;
import dev.tidings.web.TenantContext;
import dev.tidings.webhook.WebhookCache;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Replays, for a person who wants a whole selection of the delivery log sent again. */
@Path("/v1/replays")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Replays", description = "Whole selections of the delivery log, sent once more")
public class ReplayResource {
    /** A count may pass over much: so many run at once on this node. */
    private static final int COUNTS_AT_ONCE = 2;

    private final ReplayStore replays;
    private final WebhookCache webhooks;
    private final TenantContext context;
    private final ReplayConfig config;
    private final InstantSource clock;
    private final AtomicInteger counting = new AtomicInteger();

    ReplayResource(
            ReplayStore replays,
            WebhookCache webhooks,
            TenantContext context,
            ReplayConfig config,
            InstantSource clock) {
        this.replays = replays;
        this.webhooks = webhooks;
        this.context = context;
        this.config = config;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createReplay",
            summary = "Sends a selection of deliveries once more",
            description =
                    "Each selected delivery is put into the queue as by redeliver: with the same body and webhook-id,"
                            + " from the start of the retry schedule, to the sandbox's webhook as it is then. From the newest"
                            + " to the oldest, at most ratePerSecond a second. Passed over, and counted, are deliveries that"
                            + " were skipped and those whose attempt is due or under way. A sandbox has one replay at a time."
                            + " With dryRun nothing is sent: the answer tells how many there are.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = ReplayDraft.Posted.class),
                            examples = {
                                @ExampleObject(name = "failed ones of an hour", value = ReplayExamples.REQUEST),
                                @ExampleObject(name = "dry run", value = ReplayExamples.DRY_RUN_REQUEST)
                            }))
    @APIResponse(
            responseCode = "202",
            description = "The replay, which begins within a second or two",
            headers =
                    @Header(
                            name = "Location",
                            description = "Where its progress is shown",
                            schema = @Schema(type = SchemaType.STRING)),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ShownReplay.class),
                            examples = @ExampleObject(name = "queued", value = ReplayExamples.QUEUED)))
    @APIResponse(
            responseCode = "200",
            description = "The answer to a dry run",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = DryRun.class),
                            examples = @ExampleObject(name = "dry run", value = ReplayExamples.DRY_RUN)))
    @APIResponse(
            responseCode = "409",
            description = "The sandbox has a replay that has not ended, or no webhook",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "one at a time", value = ReplayExamples.BUSY)))
    @APIResponse(
            responseCode = "415",
            description = "The body is not application/json",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "422",
            description = "The filter or the rate makes no sense",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "skipped", value = ReplayExamples.BAD)))
    @APIResponse(
            responseCode = "429",
            description = "Too many are being counted at present: try again after Retry-After",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "counting", value = ReplayExamples.COUNTING)))
    @Needs(Permission.REPLAY_DELIVERIES)
    public Uni<Response> create(byte[] body) {
        Tenant tenant = context.tenant();
        String user = context.user();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        ReplayDraft draft = ReplayDraft.read(JsonBody.read(body), config, now);
        if (draft.dryRun()) {
            return count(tenant, draft)
                    .map(count -> Response.ok(DryRun.of(count)).build());
        }
        if (webhooks.target(tenant) == null) {
            throw ProblemException.conflict("The sandbox has no webhook. Create one, then ask again");
        }
        // Looked for beforehand too: a sandbox whose replay runs must not have others counted in vain.
        return replays.unended(tenant)
                .invoke(ReplayResource::refuseSecond)
                .chain(() -> count(tenant, draft))
                .chain(count -> replays.create(
                        Replay.of(UuidV7.at(now), tenant, draft.filter(), draft.ratePerSecond(), count, now, user)))
                .chain(created -> created == null
                        ? replays.unended(tenant).map(ReplayResource::refused)
                        : Uni.createFrom().item(accepted(created)));
    }

    @GET
    @Operation(operationId = "listReplays", summary = "Lists the sandbox's replays, newest first")
    @APIResponse(
            responseCode = "200",
            description = "A page",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ReplayPage.class),
                            examples = @ExampleObject(name = "one", value = ReplayExamples.PAGE)))
    @APIResponse(
            responseCode = "422",
            description = "The limit or the cursor makes no sense",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @Needs(Permission.READ_DELIVERIES)
    public Uni<ReplayPage> list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        Tenant tenant = context.tenant();
        PageQuery page = PageQuery.of(limit, cursor);
        return replays.page(tenant, page.after(), page.limit() + 1).map(found -> ReplayPage.of(found, page.limit()));
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getReplay", summary = "Shows how far a replay has come")
    @APIResponse(
            responseCode = "200",
            description = "The replay",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ShownReplay.class),
                            examples = @ExampleObject(name = "running", value = ReplayExamples.RUNNING)))
    @APIResponse(
            responseCode = "404",
            description = "The sandbox has no replay of that id",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "unknown", value = ReplayExamples.UNKNOWN)))
    @Needs(Permission.READ_DELIVERIES)
    public Uni<ShownReplay> get(
            @Parameter(description = "The replay's id", schema = @Schema(type = SchemaType.STRING, format = "uuid"))
                    @PathParam("id")
                    String id) {
        return replays.find(context.tenant(), known(id)).map(found -> ShownReplay.of(existing(found, id)));
    }

    @DELETE
    @Path("{id}")
    @Operation(
            operationId = "cancelReplay",
            summary = "Cancels a replay",
            description = "At once: what is in the queue already is delivered, and nothing is added. To cancel what is"
                    + " cancelled changes nothing. The replay can be looked at as before.")
    @APIResponse(
            responseCode = "200",
            description = "The replay, cancelled",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ShownReplay.class)))
    @APIResponse(
            responseCode = "404",
            description = "The sandbox has no replay of that id",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "unknown", value = ReplayExamples.UNKNOWN)))
    @APIResponse(
            responseCode = "409",
            description = "It is completed, or has failed",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "completed", value = ReplayExamples.ENDED)))
    @Needs(Permission.REPLAY_DELIVERIES)
    public Uni<ShownReplay> cancel(
            @Parameter(description = "The replay's id", schema = @Schema(type = SchemaType.STRING, format = "uuid"))
                    @PathParam("id")
                    String id) {
        return replays.cancel(context.tenant(), known(id), context.user()).map(found -> cancelled(existing(found, id)));
    }

    private Uni<Count> count(Tenant tenant, ReplayDraft draft) {
        return Uni.createFrom().deferred(() -> {
            if (counting.incrementAndGet() > COUNTS_AT_ONCE) {
                counting.decrementAndGet();
                throw ProblemException.overloaded(
                        "Other replays are being counted: try again in a moment", Duration.ofSeconds(1));
            }
            return replays.count(tenant, draft.filter()).onTermination().invoke(counting::decrementAndGet);
        });
    }

    private static Response accepted(Replay created) {
        return Response.accepted(ShownReplay.of(created))
                .location(URI.create("/v1/replays/" + created.id()))
                .build();
    }

    private static void refuseSecond(@Nullable Replay first) {
        if (first != null) {
            throw ProblemException.conflict(
                    "The sandbox has a replay that has not ended, " + first.id() + ": wait for its end, or cancel it");
        }
    }

    /** Another came first, and may have ended meanwhile. */
    private static Response refused(@Nullable Replay first) {
        refuseSecond(first);
        throw ProblemException.conflict("Another replay of the sandbox was created at the same moment: ask again");
    }

    private static ShownReplay cancelled(Replay replay) {
        if (replay.state() != Replay.State.CANCELLED) {
            throw ProblemException.conflict(
                    "Replay " + replay.id() + " is " + replay.state().value() + ": there is nothing to cancel");
        }
        return ShownReplay.of(replay);
    }

    private static Replay existing(@Nullable Replay found, String id) {
        if (found == null) {
            throw unknown(id);
        }
        return found;
    }

    private static UUID known(String id) {
        return PathId.of(id, () -> unknown(id));
    }

    private static ProblemException unknown(String id) {
        return ProblemException.notFound("This sandbox has no replay " + id);
    }
}
