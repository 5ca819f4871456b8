package dev.tidings.console;

import dev.tidings.queue.Erasure;
import dev.tidings.queue.ErasureStore;
import dev.tidings.web.JsonBody;
import dev.tidings.web.JsonFields;
import dev.tidings.web.Needs;
import dev.tidings.web.PageQuery;
import dev.tidings.web.PathId;
import dev.tidings.web.Permission;
import dev.tidings.web.Problem;
import dev.tidings.web.ProblemException;
import dev.tidings.web.TenantContext;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Erases what is kept of one person, when he asks for it. */
@Path("/v1/erasures")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Erasures", description = "Personal data that somebody wants forgotten")
public class ErasureResource {
    private final ErasureStore erasures;
    private final TenantContext context;

    ErasureResource(ErasureStore erasures, TenantContext context) {
        this.erasures = erasures;
        this.context = context;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createErasure",
            summary = "Erases the payloads in which an identity occurs",
            description =
                    "Of all events that the sandbox's log holds: payloads, and what receivers answered to them. The"
                            + " rest of the log stays. A delivery that waits fails for it; one whose attempt is under way may be"
                            + " sent that once. Asked again while it is under way, the answer is the same erasure.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ShownErasure.Posted.class)))
    @APIResponse(
            responseCode = "202",
            description = "It begins within a second or two; see Location",
            content = @Content(schema = @Schema(implementation = ShownErasure.class), example = ShownErasure.EXAMPLE))
    @APIResponse(
            responseCode = "415",
            description = "The body is not application/json",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "422",
            description = "The address is missing, or none",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @Needs(Permission.ERASE)
    public Uni<Response> create(byte[] body) {
        JsonFields fields = JsonBody.read(body);
        String address = fields.line("address", 320);
        if (address != null && address.strip().length() < 3) {
            fields.violate("address", "must be an identity's id: an email address, a telephone number");
        }
        fields.check();
        return erasures.create(context.tenant(), String.valueOf(address).strip(), context.user())
                .map(created -> Response.accepted(ShownErasure.of(created))
                        .location(URI.create("/v1/erasures/" + created.id()))
                        .build());
    }

    @GET
    @Operation(operationId = "listErasures", summary = "Lists the sandbox's erasures, newest first")
    @APIResponse(
            responseCode = "200",
            description = "A page",
            content = @Content(schema = @Schema(implementation = ErasurePage.class)))
    @APIResponse(
            responseCode = "422",
            description = "The limit or the cursor makes no sense",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @Needs(Permission.ERASE)
    public Uni<ErasurePage> list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        PageQuery page = PageQuery.of(limit, cursor);
        return erasures.page(context.tenant(), page.after(), page.limit() + 1)
                .map(found -> ErasurePage.of(found, page.limit()));
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getErasure", summary = "Shows how far an erasure has come")
    @APIResponse(
            responseCode = "200",
            description = "The erasure",
            content = @Content(schema = @Schema(implementation = ShownErasure.class), example = ShownErasure.EXAMPLE))
    @APIResponse(
            responseCode = "404",
            description = "The sandbox has no erasure of that id",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @Needs(Permission.ERASE)
    public Uni<ShownErasure> get(
            @Parameter(description = "The erasure's id", schema = @Schema(type = SchemaType.STRING, format = "uuid"))
                    @PathParam("id")
                    String id) {
        return erasures.find(context.tenant(), known(id)).map(found -> ShownErasure.of(existing(found, id)));
    }

    private static Erasure existing(@Nullable Erasure found, String id) {
        if (found == null) {
            throw unknown(id);
        }
        return found;
    }

    private static UUID known(String id) {
        return PathId.of(id, () -> unknown(id));
    }

    private static ProblemException unknown(String id) {
        return ProblemException.notFound("This sandbox has no erasure " + id);
    }
}
