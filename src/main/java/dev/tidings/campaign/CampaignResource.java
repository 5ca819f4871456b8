package dev.tidings.campaign;

import dev.tidings.feedback.Tenant;
import dev.tidings.web.JsonBody;
import dev.tidings.web.JsonFields;
import dev.tidings.web.ProblemException;
import dev.tidings.web.TenantContext;
import dev.tidings.web.Violation;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Which campaigns there are, and which have webhooks enabled. */
@Path("/v1/campaigns")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Campaigns", description = "Campaigns of a sandbox, and their switch Enable webhooks.")
class CampaignResource {
    private static final String PROBLEM = "application/problem+json";
    private static final Set<String> CATEGORIES = Set.of("Transactional", "Marketing");
    private static final Set<String> TYPES = Set.of("ApiTriggered", "Scheduled", "IpWarmup");
    private static final String NO_WEBHOOK =
            "The sandbox has no feedback webhook yet: events of this campaign are" + " skipped until one is created";

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
                    @Content(
                            schema = @Schema(implementation = CampaignView.Put.class),
                            example = "{\"name\": \"Order status\", \"category\": \"Transactional\","
                                    + " \"campaignType\": \"ApiTriggered\", \"enableWebhooks\": true}"))
    @APIResponse(
            responseCode = "200",
            description = "The campaign, with warnings",
            content = @Content(schema = @Schema(implementation = CampaignView.class)))
    @APIResponse(
            responseCode = "400",
            description = "Malformed JSON, or a tenant header is missing",
            content = @Content(mediaType = PROBLEM))
    @APIResponse(
            responseCode = "422",
            description = "Not valid; or webhooks can't be enabled on this kind of campaign",
            content = @Content(mediaType = PROBLEM))
    public Uni<CampaignView> put(String campaignID, byte[] body) {
        Tenant tenant = tenants.tenant();
        CampaignStore.Change change = read(tenant, campaignID, JsonBody.read(body));
        return store.put(change, clock.instant(), tenants.user())
                .onFailure(CampaignStore.NotEnableable.class)
                .transform(e -> ProblemException.invalid(List.of(new Violation(
                        "enableWebhooks",
                        "can be true for campaigns of category Transactional and type ApiTriggered only"))))
                .invoke(campaign -> cache.put(tenant, campaignID, campaign.enableWebhooks))
                .flatMap(campaign -> warnings(tenant, campaign).map(warnings -> CampaignView.of(campaign, warnings)));
    }

    @GET
    @Operation(operationId = "listCampaigns", summary = "List a sandbox's campaigns, by id")
    @APIResponse(
            responseCode = "200",
            description = "A page",
            content = @Content(schema = @Schema(implementation = CampaignView.Page.class)))
    @APIResponse(
            responseCode = "400",
            description = "A tenant header is missing",
            content = @Content(mediaType = PROBLEM))
    @APIResponse(
            responseCode = "422",
            description = "A parameter makes no sense",
            content = @Content(mediaType = PROBLEM))
    public Uni<CampaignView.Page> list(
            @QueryParam("enableWebhooks") @Nullable String enableWebhooks,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Tenant tenant = tenants.tenant();
        int most = CampaignPage.limit(limit);
        return store.list(tenant, CampaignPage.flag(enableWebhooks), CampaignPage.after(cursor), most)
                .map(found -> CampaignView.Page.of(found, most));
    }

    @GET
    @Path("{campaignID}")
    @Operation(operationId = "getCampaign", summary = "Get a campaign")
    @APIResponse(
            responseCode = "200",
            description = "The campaign",
            content = @Content(schema = @Schema(implementation = CampaignView.class)))
    @APIResponse(
            responseCode = "404",
            description = "There is none of that id in this sandbox",
            content = @Content(mediaType = PROBLEM))
    public Uni<CampaignView> get(String campaignID) {
        Tenant tenant = tenants.tenant();
        return store.find(tenant, campaignID).flatMap(found -> {
            if (found == null) {
                throw ProblemException.notFound(
                        "There is no campaign of that id in this sandbox: register it with PUT");
            }
            return warnings(tenant, found).map(warnings -> CampaignView.of(found, warnings));
        });
    }

    private Uni<List<String>> warnings(Tenant tenant, Campaign campaign) {
        return campaign.enableWebhooks
                ? store.hasWebhook(tenant).map(has -> has ? List.of() : List.of(NO_WEBHOOK))
                : Uni.createFrom().item(List.of());
    }

    private static CampaignStore.Change read(Tenant tenant, String campaignId, JsonFields fields) {
        if (campaignId.length() > 128 || campaignId.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            fields.violate("campaignID", "must be 1 to 128 visible ASCII characters");
        }
        String name = fields.line("name", 255);
        String category = word(fields, "category", CATEGORIES);
        String type = word(fields, "campaignType", TYPES);
        Boolean enable = fields.optionalBoolean("enableWebhooks");
        fields.check();
        return new CampaignStore.Change(
                tenant, campaignId, String.valueOf(name), String.valueOf(category), String.valueOf(type), enable);
    }

    private static @Nullable String word(JsonFields fields, String field, Set<String> known) {
        String word = fields.line(field, 64);
        if (word != null && !known.contains(word)) {
            fields.violate(
                    field,
                    "must be one of "
                            + String.join(", ", known.stream().sorted().toList()));
        }
        return word;
    }
}
