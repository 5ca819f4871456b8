package dev.tidings.webhook;

import dev.tidings.audit.Action;
import dev.tidings.feedback.Tenant;
import dev.tidings.web.IfMatch;
import dev.tidings.web.JsonBody;
import dev.tidings.web.JsonFields;
import dev.tidings.web.Needs;
import dev.tidings.web.PathId;
import dev.tidings.web.Permission;
import dev.tidings.web.ProblemException;
import dev.tidings.web.TenantContext;
import dev.tidings.webhook.AuthenticationReader.Means;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** The feedback webhook of a sandbox: created, seen, edited, paused, resumed, deleted. */
@Path("/v1/feedback-webhooks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Feedback webhooks", description = "The one webhook of an organization + sandbox.")
@APIResponse(
        responseCode = "400",
        description = "Malformed JSON, or a tenant header is missing",
        content = @Content(mediaType = WebhookResource.PROBLEM))
@APIResponse(
        responseCode = "401",
        description = "No token, or a bad one",
        content = @Content(mediaType = WebhookResource.PROBLEM))
@APIResponse(
        responseCode = "403",
        description = "The token does not cover the organization",
        content = @Content(mediaType = WebhookResource.PROBLEM))
class WebhookResource {
    static final String PROBLEM = "application/problem+json";
    private static final String NONE = "There is no webhook of that id in this sandbox";

    private final WebhookStore store;
    private final WebhookRow rows;
    private final WebhookCache cache;
    private final TenantContext tenants;
    private final InstantSource clock;
    private final UrlRules urls;
    private final HealthStore healths;
    private final UrlProof proof;

    WebhookResource(
            WebhookStore store,
            WebhookRow rows,
            WebhookCache cache,
            TenantContext tenants,
            InstantSource clock,
            WebhookConfig config,
            HealthStore healths,
            UrlProof proof) {
        this.store = store;
        this.rows = rows;
        this.cache = cache;
        this.tenants = tenants;
        this.clock = clock;
        this.urls = new UrlRules(config.loopbackAllowed(), new Ports(config.ports()));
        this.healths = healths;
        this.proof = proof;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createWebhook", summary = "Create the sandbox's webhook")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = WebhookPut.class), example = WebhookPut.EXAMPLE))
    @APIResponse(
            responseCode = "201",
            description = "Created; see Location and ETag",
            content = @Content(schema = @Schema(implementation = WebhookView.class)))
    @APIResponse(
            responseCode = "409",
            description = "The sandbox has a webhook",
            content = @Content(mediaType = PROBLEM))
    @APIResponse(
            responseCode = "422",
            description = "Not valid: see violations",
            content = @Content(mediaType = PROBLEM))
    @Needs(Permission.WRITE_PRESETS)
    public Uni<RestResponse<WebhookView>> create(byte[] body) {
        Tenant tenant = tenants.tenant();
        var fields = JsonBody.read(body);
        var row = new Webhook();
        row.id = UUID.randomUUID();
        row.imsOrg = tenant.imsOrg();
        row.sandboxName = tenant.sandboxName();
        row.sandboxId = tenants.sandboxId();
        row.state = Webhook.ACTIVE;
        row.createdAt = clock.instant();
        row.createdBy = tenants.user();
        row.changed(row.createdAt, row.createdBy);
        row.arm(row.createdAt);
        return maker(fields, null)
                .chain(maker -> {
                    Settings settings = SettingsReader.read(fields, null, means(maker));
                    rows.write(settings, row);
                    return proof.demand(settings, null);
                })
                .chain(() -> store.create(row))
                .onFailure(WebhookStore.OneWebhookOnly.class)
                .transform(e ->
                        ProblemException.conflict("This sandbox has a webhook, and can have one only: edit that one"))
                .map(created -> tagged(
                        RestResponse.Status.CREATED,
                        created,
                        Health.fresh(created.armedAt),
                        Map.of(HttpHeaders.LOCATION, "/v1/feedback-webhooks/" + created.id)));
    }

    @GET
    @Operation(
            operationId = "listWebhooks",
            summary = "The inventory",
            description = "Of the sandbox, or of all the organization's sandboxes when x-sandbox-name is left out.")
    @APIResponse(
            responseCode = "200",
            description = "All of them, by sandbox",
            content = @Content(schema = @Schema(implementation = WebhookView.Inventory.class)))
    @Needs(Permission.READ_PRESETS)
    public Uni<WebhookView.Inventory> list() {
        return store.list(tenants.organization(), tenants.sandboxName())
                .chain(all -> healths.of(all.stream().map(row -> row.id).toList())
                        .map(known -> new WebhookView.Inventory(all.stream()
                                .map(row -> shown(row, known.getOrDefault(row.id, Health.fresh(row.armedAt))))
                                .toList())));
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getWebhook", summary = "Get a webhook")
    @APIResponse(
            responseCode = "200",
            description = "The webhook; see ETag",
            content = @Content(schema = @Schema(implementation = WebhookView.class)))
    @APIResponse(responseCode = "404", description = NONE, content = @Content(mediaType = PROBLEM))
    @Needs(Permission.READ_PRESETS)
    public Uni<RestResponse<WebhookView>> get(String id) {
        Tenant tenant = tenants.tenant();
        return store.find(uuid(id), tenant).chain(this::found);
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putWebhook",
            summary = "Edit a webhook",
            description =
                    "Queued deliveries use the newest URL, headers and authentication at each attempt. Secrets that"
                            + " are left out stay as they are.")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = WebhookPut.class), example = WebhookPut.EXAMPLE))
    @APIResponse(
            responseCode = "200",
            description = "Changed; see ETag",
            content = @Content(schema = @Schema(implementation = WebhookView.class)))
    @APIResponse(responseCode = "404", description = NONE, content = @Content(mediaType = PROBLEM))
    @APIResponse(responseCode = "412", description = "It was changed since", content = @Content(mediaType = PROBLEM))
    @APIResponse(
            responseCode = "422",
            description = "Not valid: see violations",
            content = @Content(mediaType = PROBLEM))
    @Needs(Permission.WRITE_PRESETS)
    public Uni<RestResponse<WebhookView>> put(
            String id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch, byte[] body) {
        IfMatch condition = IfMatch.of(ifMatch);
        var fields = JsonBody.read(body);
        UUID webhookId = uuid(id);
        Tenant tenant = tenants.tenant();
        Endpoint known = cache.byId(webhookId);
        Uni<TokenKeyMaker> maker = maker(fields, known == null ? null : known.authentication());
        if (!proof.isDemanded(fields)) {
            return change(id, Action.WEBHOOK_EDITED, maker.map(made -> edit(condition, fields, made)));
        }
        // Asked before the row is locked: no transaction waits for a receiver.
        Uni<Consumer<Webhook>> proven = maker.chain(made -> store.find(webhookId, tenant)
                .invoke(row -> condition.require(existing(row).version))
                .map(row -> rows.endpoint(existing(row)))
                .chain(before -> proof.demand(SettingsReader.read(fields, before, means(made)), before.url()))
                .map(done -> edit(condition, fields, made)));
        return change(id, Action.WEBHOOK_EDITED, proven);
    }

    private Consumer<Webhook> edit(IfMatch condition, JsonFields fields, TokenKeyMaker maker) {
        return row -> {
            condition.require(row.version);
            Endpoint before = rows.endpoint(row);
            rows.write(SettingsReader.read(fields, before, means(maker)), row);
            if (!before.isSentToLike(rows.endpoint(row))) {
                row.arm(clock.instant());
            }
        };
    }

    @DELETE
    @Path("{id}")
    @Operation(
            operationId = "deleteWebhook",
            summary = "Delete a webhook",
            description = "Deliveries that wait end as failed; the delivery log keeps them.")
    @APIResponse(responseCode = "204", description = "Deleted")
    @APIResponse(responseCode = "404", description = NONE, content = @Content(mediaType = PROBLEM))
    @APIResponse(responseCode = "412", description = "It was changed since", content = @Content(mediaType = PROBLEM))
    @Needs(Permission.DELETE_PRESETS)
    public Uni<RestResponse<Void>> delete(String id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        IfMatch condition = IfMatch.of(ifMatch);
        Tenant tenant = tenants.tenant();
        return store.delete(uuid(id), tenant, tenants.user(), row -> condition.require(row.version))
                .map(deleted -> {
                    if (!deleted) {
                        throw ProblemException.notFound(NONE);
                    }
                    return RestResponse.noContent();
                });
    }

    @POST
    @Path("{id}/pause")
    @Operation(operationId = "pauseWebhook", summary = "Pause: deliveries wait until it is resumed")
    @APIResponse(
            responseCode = "200",
            description = "Paused",
            content = @Content(schema = @Schema(implementation = WebhookView.class)))
    @APIResponse(responseCode = "404", description = NONE, content = @Content(mediaType = PROBLEM))
    @Needs(Permission.WRITE_PRESETS)
    public Uni<RestResponse<WebhookView>> pause(String id) {
        return change(id, Action.WEBHOOK_PAUSED, Uni.createFrom().item(row -> row.become(Webhook.PAUSED)));
    }

    @POST
    @Path("{id}/resume")
    @Operation(operationId = "resumeWebhook", summary = "Resume: what waits is sent, and its health is counted anew")
    @APIResponse(
            responseCode = "200",
            description = "Active",
            content = @Content(schema = @Schema(implementation = WebhookView.class)))
    @APIResponse(responseCode = "404", description = NONE, content = @Content(mediaType = PROBLEM))
    @Needs(Permission.WRITE_PRESETS)
    public Uni<RestResponse<WebhookView>> resume(String id) {
        return change(id, Action.WEBHOOK_RESUMED, Uni.createFrom().item(row -> {
            row.become(Webhook.ACTIVE);
            row.arm(clock.instant());
        }));
    }

    /** An RSA pair is made before the database is asked: it takes long, and neither a loop nor a row may wait for it. */
    private Uni<TokenKeyMaker> maker(JsonFields fields, @Nullable Authentication stored) {
        if (!TokenKeysReader.makesRsa(fields, stored)) {
            return Uni.createFrom().item(TokenKeyMaker.instant());
        }
        Executor caller = SafeContext.here();
        return Uni.createFrom()
                .item(TokenKeyMaker::withRsa)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .emitOn(caller);
    }

    private Means means(TokenKeyMaker maker) {
        return new Means(urls, clock.instant(), maker);
    }

    private Uni<RestResponse<WebhookView>> change(String id, Action action, Uni<Consumer<Webhook>> change) {
        Tenant tenant = tenants.tenant();
        String user = tenants.user();
        UUID webhookId = uuid(id);
        return change.flatMap(changed -> store.change(webhookId, tenant, action, row -> {
                    changed.accept(row);
                    row.changed(clock.instant(), user);
                }))
                .chain(this::found);
    }

    private Uni<RestResponse<WebhookView>> found(@Nullable Webhook found) {
        Webhook row = existing(found);
        return healths.of(List.of(row.id))
                .map(known -> known.getOrDefault(row.id, Health.fresh(row.armedAt)))
                .map(health -> tagged(RestResponse.Status.OK, row, health, Map.of()));
    }

    private static Webhook existing(@Nullable Webhook row) {
        if (row == null) {
            throw ProblemException.notFound(NONE);
        }
        return row;
    }

    private WebhookView shown(Webhook row, Health health) {
        return WebhookView.of(row, rows.endpoint(row), health, clock.instant());
    }

    private RestResponse<WebhookView> tagged(
            RestResponse.Status status, Webhook row, Health health, Map<String, String> headers) {
        var response = ResponseBuilder.create(status, shown(row, health));
        response.header(HttpHeaders.ETAG, IfMatch.tag(row.version));
        headers.forEach(response::header);
        return response.build();
    }

    private static UUID uuid(String id) {
        return PathId.of(id, () -> ProblemException.notFound(NONE));
    }
}
