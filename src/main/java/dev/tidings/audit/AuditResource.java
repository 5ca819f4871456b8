package dev.tidings.audit;

import dev.tidings.feedback.Tenant;
import dev.tidings.web.Needs;
import dev.tidings.web.PageQuery;
import dev.tidings.web.Permission;
import dev.tidings.web.Problem;
import dev.tidings.web.TenantContext;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The audit trail, for a person who asks who did what. */
@Path("/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Audit", description = "Who changed what, who read payloads, who had what sent again")
public class AuditResource {
    private final AuditStore audit;
    private final TenantContext context;

    AuditResource(AuditStore audit, TenantContext context) {
        this.audit = audit;
        this.context = context;
    }

    @GET
    @Operation(
            operationId = "listAudit",
            summary = "Lists what was done in the sandbox, newest first",
            description = "All filters together narrow. Entries are never changed, and kept longer than deliveries.")
    @APIResponse(
            responseCode = "200",
            description = "A page",
            content = @Content(schema = @Schema(implementation = AuditPage.class), example = """
                    {"items": [{"id": "0198f5b2-4c1e-7a00-8000-0c5d2f6f1b2a", "happenedAt": "2026-03-01T12:00:00Z",
                      "who": "ada", "action": "campaign.changed", "subject": "16f24a15-7e21-477c-848a-d5695ca7f137",
                      "before": {"enableWebhooks": false}, "after": {"enableWebhooks": true}}], "nextCursor": null}
                    """))
    @APIResponse(
            responseCode = "422",
            description = "A filter, the limit or the cursor makes no sense",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @Needs(Permission.READ_AUDIT)
    public Uni<AuditPage> list(
            @Parameter(description = "What was done, such as webhook.edited") @QueryParam("action") @Nullable
                    String action,
            @Parameter(description = "Who did it: a token's subject") @QueryParam("who") @Nullable String who,
            @Parameter(description = "The id of what it was done to") @QueryParam("subject") @Nullable String subject,
            @Parameter(description = "Not before then (ISO 8601)") @QueryParam("from") @Nullable String from,
            @Parameter(description = "Before then (ISO 8601)") @QueryParam("to") @Nullable String to,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Tenant tenant = context.tenant();
        AuditFilter filter = AuditQuery.read(action, who, subject, from, to);
        PageQuery page = PageQuery.of(limit, cursor);
        return audit.page(tenant, filter, page.after(), page.limit() + 1)
                .map(found -> AuditPage.of(found, page.limit()));
    }
}
