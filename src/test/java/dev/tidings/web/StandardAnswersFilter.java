package dev.tidings.web;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jboss.jandex.IndexView;
import org.jspecify.annotations.Nullable;

/**
 * Adds to the API's description what holds for every operation: the tenant's headers, the token, the parameters of a page,
 * and the problems that none of them declares by itself. What an operation does declare stays.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class StandardAnswersFilter implements OASFilter {
    private static final String TOKEN = "bearer";
    private static final String INGEST = "/v1/feedback-events";
    private static final String INVENTORY = "/v1/feedback-webhooks";

    private static final Map<String, String> ANSWERS = new LinkedHashMap<>();

    private final RoutePermissions permissions;

    /** Quarkus hands over the classes that it knows at build time. */
    public StandardAnswersFilter(IndexView classes) {
        this.permissions = new RoutePermissions(classes);
    }

    static {
        ANSWERS.put("400", "The request cannot be read, or a header of the tenant is missing");
        ANSWERS.put("401", "No bearer token, or one that does not hold");
        ANSWERS.put("403", "The token lacks the permission, or does not cover the organization");
        ANSWERS.put("500", "A fault of Tidings; the detail has the id to look for in its log");
        ANSWERS.put("503", "Not possible at present: try again after Retry-After");
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        if (api.getComponents() == null) {
            api.setComponents(OASFactory.createComponents());
        }
        api.getComponents()
                .addSecurityScheme(
                        TOKEN,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .bearerFormat("JWT")
                                .description("Not asked for in the dev profile"));
        if (api.getPaths() == null || api.getPaths().getPathItems() == null) {
            return;
        }
        api.getPaths().getPathItems().forEach((path, item) -> {
            if (path.startsWith("/v1/")) {
                item.getOperations().forEach((method, operation) -> complete(path, method, operation));
            }
        });
    }

    private void complete(String path, PathItem.HttpMethod method, Operation operation) {
        demand(operation, permissions.of(operation.getOperationId()));
        if (operation.getResponses() == null) {
            operation.setResponses(OASFactory.createAPIResponses());
        }
        ANSWERS.forEach((status, description) -> {
            if (!operation.getResponses().hasAPIResponse(status)) {
                operation
                        .getResponses()
                        .addAPIResponse(
                                status,
                                OASFactory.createAPIResponse()
                                        .description(description)
                                        .content(problem()));
            }
        });
        page(operation);
        if (!path.equals(INGEST)) {
            boolean list = path.equals(INVENTORY) && method == PathItem.HttpMethod.GET;
            header(operation, TenantContext.ORGANIZATION, "The organization", true);
            header(operation, TenantContext.SANDBOX_NAME, "The sandbox's name", !list);
            header(operation, TenantContext.SANDBOX_ID, "The sandbox's id", false);
        }
    }

    /** For {@code bearer}, OpenAPI 3.1 lists the roles that are needed where OAuth 2 would have its scopes. */
    private static void demand(Operation operation, @Nullable Permission permission) {
        List<String> roles = permission == null ? List.of() : List.of(permission.value());
        operation.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(TOKEN, roles));
        if (permission != null) {
            String text = operation.getDescription() == null ? "" : operation.getDescription() + "\n\n";
            operation.setDescription(text + "Needs the permission `" + permission.value() + "`.");
        }
    }

    /** The parameters of {@link PageQuery}, wherever an operation has them. */
    private static void page(Operation operation) {
        List<Parameter> declared = operation.getParameters() == null ? List.of() : operation.getParameters();
        for (Parameter parameter : declared) {
            if (parameter.getIn() == Parameter.In.QUERY && "limit".equals(parameter.getName())) {
                parameter
                        .description("How many at most")
                        .schema(OASFactory.createSchema()
                                .addType(SchemaType.INTEGER)
                                .minimum(BigDecimal.ONE)
                                .maximum(BigDecimal.valueOf(PageQuery.LARGEST_LIMIT))
                                .defaultValue(PageQuery.USUAL_LIMIT));
            }
            if (parameter.getIn() == Parameter.In.QUERY && "cursor".equals(parameter.getName())) {
                parameter.description("nextCursor of the page before");
            }
        }
    }

    private static Content problem() {
        return OASFactory.createContent()
                .addMediaType(
                        Problem.MEDIA_TYPE,
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref("#/components/schemas/Problem")));
    }

    private static void header(Operation operation, String name, String description, boolean required) {
        List<Parameter> declared = operation.getParameters();
        if (declared == null || declared.stream().noneMatch(parameter -> name.equals(parameter.getName()))) {
            operation.addParameter(OASFactory.createParameter()
                    .name(name)
                    .in(Parameter.In.HEADER)
                    .description(description)
                    .required(required)
                    .schema(OASFactory.createSchema().addType(SchemaType.STRING).maxLength(128)));
        }
    }
}
