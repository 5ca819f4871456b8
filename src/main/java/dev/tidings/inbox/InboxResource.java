package dev.tidings.inbox;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A receiver to play with: takes whatever is posted, keeps it, shows it. No token is asked for, so it is there only where
 * the configuration says so: in the dev profile.
 */
@Path("/dev/inbox")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public class InboxResource {
    private static final Logger LOG = Logger.getLogger(InboxResource.class);
    private static final long LONGEST_DELAY_MILLIS = 120_000;

    private final InboxConfig config;
    private final Inbox inbox;
    private final InstantSource clock;

    InboxResource(InboxConfig config, Inbox inbox, InstantSource clock) {
        this.config = config;
        this.inbox = inbox;
        this.clock = clock;
    }

    /**
     * Takes a request.
     *
     * @param status what to answer instead of 200, to play with failures
     * @param delayMillis how long to keep the caller waiting, to play with timeouts
     */
    @PermitAll
    @POST
    @Path("{rest:.*}")
    @Operation(hidden = true)
    public Uni<Response> post(
            byte @Nullable [] body,
            @QueryParam("status") @Nullable String status,
            @QueryParam("delayMillis") @Nullable String delayMillis,
            HttpServerRequest request) {
        requireEnabled();
        int answer = status == null ? 200 : Math.toIntExact(number("status", status, 200, 599));
        long delay = delayMillis == null ? 0 : number("delayMillis", delayMillis, 0, LONGEST_DELAY_MILLIS);
        keep(request, body == null ? new byte[0] : body);
        Response response =
                Response.status(answer).entity(Map.of("received", true)).build();
        Uni<Response> now = Uni.createFrom().item(response);
        return delay == 0 ? now : now.onItem().delayIt().by(Duration.ofMillis(delay));
    }

    /** As {@code POST}. */
    @PermitAll
    @PUT
    @Path("{rest:.*}")
    @Operation(hidden = true)
    public Uni<Response> put(
            byte @Nullable [] body,
            @QueryParam("status") @Nullable String status,
            @QueryParam("delayMillis") @Nullable String delayMillis,
            HttpServerRequest request) {
        return post(body, status, delayMillis, request);
    }

    /** Shows what came, newest first. */
    @PermitAll
    @GET
    @Operation(hidden = true)
    public Map<String, List<ShownRequest>> list() {
        requireEnabled();
        return Map.of(
                "items", inbox.newestFirst().stream().map(ShownRequest::of).toList());
    }

    /** Forgets what came. */
    @PermitAll
    @DELETE
    @Operation(hidden = true)
    public void clear() {
        requireEnabled();
        inbox.clear();
    }

    private void keep(HttpServerRequest request, byte[] body) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        request.headers()
                .names()
                .forEach(name -> headers.put(name, request.headers().getAll(name)));
        Received received = new Received(clock.instant(), request.method().name(), request.uri(), headers, body);
        inbox.add(received);
        LOG.infof("The inbox received:%n%s%n", received.readable());
    }

    private void requireEnabled() {
        if (!config.enabled()) {
            throw new NotFoundException();
        }
    }

    private static long number(String name, String value, long least, long most) {
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Answered below, as any other number that does not fit.
        }
        throw new BadRequestException(name + " must be a whole number from " + least + " to " + most);
    }
}
