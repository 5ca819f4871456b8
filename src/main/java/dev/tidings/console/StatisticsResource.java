package dev.tidings.console;

import dev.tidings.console.StatisticsQuery.Wanted;
import dev.tidings.feedback.Tenant;
import dev.tidings.queue.StatisticsLog;
import dev.tidings.web.Needs;
import dev.tidings.web.Permission;
import dev.tidings.web.Problem;
import dev.tidings.web.TenantContext;
import dev.tidings.webhook.Endpoint;
import dev.tidings.webhook.WebhookCache;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How deliveries go, for a person who looks at all of them together. */
@Path("/v1/statistics")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Statistics", description = "How deliveries go, in numbers")
public class StatisticsResource {
    private final StatisticsLog statistics;
    private final WebhookCache webhooks;
    private final TenantContext context;
    private final InstantSource clock;

    StatisticsResource(StatisticsLog statistics, WebhookCache webhooks, TenantContext context, InstantSource clock) {
        this.statistics = statistics;
        this.webhooks = webhooks;
        this.context = context;
        this.clock = clock;
    }

    @GET
    @Operation(
            operationId = "getStatistics",
            summary = "Counts what became of the events that were accepted in a period",
            description =
                    "Counts are brought up to date every few seconds: the answer is right for the moment that asOf"
                            + " names. What is late, and how the unfinished divide into pending, delivering and retrying, is that"
                            + " of now; of a backlog of more than 10,000 first attempts and 10,000 retries, the division is an"
                            + " estimate. Statistics are kept as long as the delivery log.")
    @APIResponse(
            responseCode = "200",
            description = "The statistics",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ShownStatistics.class),
                            examples = @ExampleObject(name = "a day", value = StatisticsExamples.DAY)))
    @APIResponse(
            responseCode = "422",
            description = "The period or the interval makes no sense, or there are too many buckets",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "too many buckets", value = StatisticsExamples.TOO_FINE)))
    @Needs(Permission.READ_DELIVERIES)
    public Uni<ShownStatistics> get(@BeanParam StatisticsQuery query) {
        Tenant tenant = context.tenant();
        Wanted wanted = query.wanted(clock.instant());
        Endpoint webhook = webhooks.find(tenant);
        return statistics
                .read(tenant, wanted.from(), wanted.to(), wanted.interval(), webhook == null ? null : webhook.id())
                .map(read -> StatisticsAnswer.of(wanted, read, clock.instant()));
    }
}
