package dev.tidings.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The API's description, OpenAPI 3.1: the file that is reviewed, and that a test compares with the code. So it is not made
 * at each start. YAML, unless JSON is asked for.
 *
 * <p>Concurrency: any thread, blocking for a moment when YAML is asked for the first time.
 */
@Path("/q")
class DescriptionResource {
    private static final String FILE = "openapi.json";

    private volatile byte @Nullable [] yaml;

    @GET
    @Path("openapi")
    @PermitAll
    @Operation(hidden = true)
    public RestResponse<byte[]> get(
            @QueryParam("format") @Nullable String format, @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept)
            throws IOException {
        boolean asked = format == null
                ? accept != null && accept.contains("application/json")
                : format.equalsIgnoreCase("json");
        return asked ? json() : yaml();
    }

    @GET
    @Path("openapi.{ending: json|yaml|yml}")
    @PermitAll
    @Operation(hidden = true)
    public RestResponse<byte[]> file(String ending) throws IOException {
        return ending.equals("json") ? json() : yaml();
    }

    private RestResponse<byte[]> json() throws IOException {
        return answer(file(), "json");
    }

    private RestResponse<byte[]> yaml() throws IOException {
        byte[] known = yaml;
        if (known == null) {
            known = YAMLMapper.builder()
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                    .build()
                    .writeValueAsBytes(new ObjectMapper().readTree(file()));
            yaml = known;
        }
        return answer(known, "yaml");
    }

    private static byte[] file() throws IOException {
        try (var in = Thread.currentThread().getContextClassLoader().getResourceAsStream(FILE)) {
            return Objects.requireNonNull(in, FILE).readAllBytes();
        }
    }

    private static RestResponse<byte[]> answer(byte[] text, String format) {
        return ResponseBuilder.ok(text)
                .header(HttpHeaders.CONTENT_TYPE, "application/" + format + ";charset=UTF-8")
                .build();
    }
}
