package dev.tidings.campaign;

import dev.tidings.feedback.Tenant;
import dev.tidings.web.JsonBody;
import dev.tidings.web.Needs;
import dev.tidings.web.Permission;
import dev.tidings.web.Problem;
import dev.tidings.web.ProblemException;
import dev.tidings.web.TenantContext;
import dev.tidings.web.Violation;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where campaigns are registered, and their webhooks switched on. */
@Path("/v1/campaigns")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Campaigns", description = "Campaigns of a sandbox, and their switch Enable webhooks.")
@APIResponse(
        responseCode = "400",
        description = "Malformed JSON, or a tenant header is missing",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
        responseCode = "401",
        description = "No token, or a bad one",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
        responseCode = "403",
        description = "The token does not cover the organization",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class CampaignResource {
    static final String NO_WEBHOOK = "The sandbox has no feedback webhook yet: events of this campaign are recorded as"
            + " skipped, and not sent, until one is created";
    static final String NONE = "There is no campaign of that id in this sandbox: register it with PUT";

    private static final String ID = "The campaign's id, as the platform gives it: 1 to 64 visible ASCII characters";

    private final CampaignStore store;
    private final CampaignCache cache;
    private final TenantContext tenants;
    private final InstantSource clock;

    CampaignResource(CampaignStore store, CampaignCache cache, TenantContext tenants, InstantSource clock) {
        this.store = store;
        this.cache = cache;
        this.tenants = tenants;
        this.clock = clock;
    }

    /** Answered when this node's cache shows the change: an event that is posted next is matched by it. */
    @PUT
    @Path("{campaignID}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putCampaign",
            summary = "Register or change a campaign",
            description =
                    "Webhooks can be enabled on transactional API-triggered campaigns only. They are off at first;"
                            + " a PUT without enableWebhooks leaves the switch as it is.")
    @RequestBody(
            required = true,
            content =
                    @Content(schema = @Schema(implementation = CampaignView.Put.class), example = CampaignExamples.PUT))
    @APIResponse(
            responseCode = "200",
            description = "The campaign, with warnings",
            content =
                    @Content(
                            schema = @Schema(implementation = CampaignView.class),
                            examples = {
                                @ExampleObject(name = "enabled", value = CampaignExamples.CAMPAIGN),
                                @ExampleObject(name = "no webhook yet", value = CampaignExamples.WARNED)
                            }))
    @APIResponse(
            responseCode = "415",
            description = "The body is not application/json",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "422",
            description = "Not valid; or webhooks can't be enabled on this kind of campaign",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            example = CampaignExamples.NOT_ELIGIBLE))
    @Needs(Permission.WRITE_PRESETS)
    public Uni<CampaignView> put(@Parameter(description = ID) @PathParam("campaignID") String campaignID, byte[] body) {
        Tenant tenant = tenants.tenant();
        CampaignKey key = CampaignKey.of(tenant, campaignID);
        CampaignDraft draft = CampaignDraft.read(key, JsonBody.read(body));
        return store.put(draft, now(), tenants.user())
                .onFailure(CampaignStore.NotEligible.class)
                .transform(e -> notEligible())
                .flatMap(campaign -> view(tenant, campaign))
                .call(() -> cache.refresh(key));
    }

    @GET
    @Operation(operationId = "listCampaigns", summary = "List a sandbox's campaigns, by id")
    @APIResponse(
            responseCode = "200",
            description = "A page",
            content = @Content(schema = @Schema(implementation = CampaignPage.class), example = CampaignExamples.PAGE))
    @APIResponse(
            responseCode = "422",
            description = "A parameter makes no sense",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @Needs(Permission.READ_PRESETS)
    public Uni<CampaignPage> list(
            @Parameter(
                            description = "Only those whose webhooks are on (true), or off (false)",
                            schema = @Schema(type = SchemaType.BOOLEAN))
                    @QueryParam("enableWebhooks")
                    @Nullable
                    String enableWebhooks,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Tenant tenant = tenants.tenant();
        int most = CampaignPage.limit(limit);
        return store.list(tenant, CampaignPage.enabled(enableWebhooks), CampaignPage.after(cursor), most)
                .map(found -> CampaignPage.of(found, most));
    }

    @GET
    @Path("{campaignID}")
    @Operation(operationId = "getCampaign", summary = "Get a campaign")
    @APIResponse(
            responseCode = "200",
            description = "The campaign, with warnings",
            content =
                    @Content(
                            schema = @Schema(implementation = CampaignView.class),
                            example = CampaignExamples.CAMPAIGN))
    @APIResponse(
            responseCode = "404",
            description = "There is none of that id in this sandbox",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            example = CampaignExamples.NOT_FOUND))
    @Needs(Permission.READ_PRESETS)
    public Uni<CampaignView> get(@Parameter(description = ID) @PathParam("campaignID") String campaignID) {
        Tenant tenant = tenants.tenant();
        if (!CampaignKey.isPossibleId(campaignID)) {
            throw ProblemException.notFound(NONE);
        }
        return store.find(CampaignKey.of(tenant, campaignID))
                .map(CampaignResource::existing)
                .flatMap(campaign -> view(tenant, campaign));
    }

    private Uni<CampaignView> view(Tenant tenant, Campaign campaign) {
        Uni<List<String>> warnings = campaign.enableWebhooks
                ? store.hasWebhook(tenant).map(has -> has ? List.of() : List.of(NO_WEBHOOK))
                : Uni.createFrom().item(List.of());
        return warnings.map(known -> CampaignView.of(campaign, known));
    }

    private static Campaign existing(@Nullable Campaign found) {
        if (found == null) {
            throw ProblemException.notFound(NONE);
        }
        return found;
    }

    private static ProblemException notEligible() {
        return ProblemException.invalid(List.of(new Violation("enableWebhooks", CampaignDraft.ELIGIBLE_ONLY)));
    }

    /** To the microsecond, as the database keeps it: the answer to PUT shows what a GET will. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
