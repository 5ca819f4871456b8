package dev.tidings;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No statement that answers a request can leave the tenant out (decision 33): resources ask for a tenant's rows by a
 * {@code Tenant}, and the SQL behind them has the predicate, or is named here with the reason why it has none.
 */
class TenantPredicateTest {
    private static final List<JavaClass> HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.tidings").stream()
                    .toList();

    private static final Pattern TENANTS_TABLE = Pattern.compile(
            "\\b(FROM|JOIN|UPDATE|INTO)\\s+(event|delivery|failed_delivery|webhook|campaign|replay|erasure|audit|tally\\w*)\\b");

    private static final Pattern BOUND = Pattern.compile(
            "(?s).*\\bims_org = \\$\\d.*\\bsandbox_name = \\$\\d.*|.*INSERT INTO \\w+[^;]*\\bims_org, sandbox_name\\b.*");

    /** Statements of the engine and of chores, which serve all tenants at once, and those whose ids are known to be own. */
    private static final Map<String, String> ALL_TENANTS = Map.ofEntries(
            Map.entry("webhook.SealStore", "a chore: keys of all webhooks"),
            Map.entry("webhook.HealthStore", "a chore; and ids of webhooks that were found for the tenant"),
            Map.entry("campaign.CampaignCache", "memory holds all tenants"),
            Map.entry("queue.FoldStatement", "a chore: counts by tenant"),
            Map.entry("queue.StatisticsFold", "a chore: retention"),
            Map.entry("queue.ClaimStatement", "the engine sends for all tenants"),
            Map.entry("queue.SettleStatement", "the engine sends for all tenants"),
            Map.entry("queue.RequeueStatement", "ids of a page that the tenant's log gave"),
            Map.entry("queue.ReplayStep", "a chore: whichever tenant's replay is next"),
            Map.entry("queue.ErasureStep", "a chore: whichever tenant's erasure is next"),
            Map.entry("queue.History", "a chore: partitions"),
            Map.entry("queue.Orphans", "a chore: deleted webhooks"),
            Map.entry("queue.RedeliveryStore.RENEW", "an id that the tenant's log gave"),
            Map.entry("queue.RedeliveryStore.REQUEUE", "an id that the tenant's log gave"),
            Map.entry("queue.ReplayStore.DROP", "a chore: retention"),
            Map.entry("queue.ErasureStore.DROP", "a chore: retention"));

    /** What a resource may hand down: each has its tenant within, or is nobody's. */
    private static final Set<String> CARRIERS =
            Set.of("Tenant", "CampaignKey", "CampaignDraft", "Replay", "Webhook", "AuditEntry");

    private static final Map<String, String> ASKED_WITHOUT = Map.of(
            "WebhookStore.list", "an organization's inventory; the organization is checked against the token",
            "HealthStore.of", "ids of webhooks that were found for the tenant",
            "Ingest.accept", "each event names its tenant, which is checked against the token");

    @Test
    void everyStatementOnATenantsTableNamesTheTenantOrIsKnownNotTo() {
        List<String> unbound = HOUSE.stream()
                .flatMap(TenantPredicateTest::statements)
                .filter(statement -> TENANTS_TABLE.matcher(statement.sql()).find())
                .filter(statement -> !BOUND.matcher(statement.sql()).matches())
                .map(Statement::name)
                .filter(name -> !ALL_TENANTS.containsKey(name)
                        && !ALL_TENANTS.containsKey(name.substring(0, name.lastIndexOf('.'))))
                .toList();

        assertThat(unbound).isEmpty();
    }

    @Test
    void thereAreStatementsToLookAt() {
        assertThat(HOUSE.stream()
                        .flatMap(TenantPredicateTest::statements)
                        .filter(statement -> BOUND.matcher(statement.sql()).matches()))
                .hasSizeGreaterThan(15);
    }

    @Test
    void noResourceAsksForRowsWithoutSayingWhose() {
        List<String> loose = HOUSE.stream()
                .filter(type -> type.getSimpleName().endsWith("Resource"))
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(TenantPredicateTest::isOfAStore)
                .filter(call -> call.getTarget().getRawParameterTypes().stream()
                        .noneMatch(parameter -> CARRIERS.contains(parameter.getSimpleName())))
                .map(call -> call.getTargetOwner().getSimpleName() + "." + call.getName())
                .filter(name -> !ASKED_WITHOUT.containsKey(name))
                .distinct()
                .toList();

        assertThat(loose).isEmpty();
    }

    private static boolean isOfAStore(JavaMethodCall call) {
        JavaClass owner = call.getTargetOwner();
        return owner.getPackageName().startsWith("dev.tidings")
                && Stream.of("Store", "Log", "Queue", "Step").anyMatch(owner.getSimpleName()::endsWith);
    }

    private record Statement(String name, String sql) {}

    /** The constants of a class that look like SQL; an enumeration's, by their name. */
    private static Stream<Statement> statements(JavaClass type) {
        Class<?> loaded = type.reflect();
        String name = loaded.getName().substring("dev.tidings.".length());
        Stream<Statement> constants = Arrays.stream(loaded.getDeclaredFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == String.class)
                .map(field -> new Statement(name + "." + field.getName(), text(field)));
        Stream<Statement> members = name.equals("queue.LogStatement")
                ? Arrays.stream(loaded.getEnumConstants()).map(one -> new Statement(name + "." + one, sql(one)))
                : Stream.empty();
        return Stream.concat(constants, members)
                .filter(statement -> statement.sql().matches("(?s)\\s*(WITH|SELECT|INSERT|UPDATE|DELETE)\\b.*"));
    }

    private static String text(Field field) {
        try {
            field.setAccessible(true);
            return String.valueOf(field.get(null));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sql(Object statement) {
        try {
            var sql = statement.getClass().getDeclaredMethod("sql");
            sql.setAccessible(true);
            return (String) sql.invoke(statement);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
