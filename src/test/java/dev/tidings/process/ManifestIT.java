package dev.tidings.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.tidings.secrets.KeyFile;
import dev.tidings.testing.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts what the Kubernetes manifests start: their arguments, their environment, their probes. */
class ManifestIT {
    private static final Path BASE = Path.of("deploy/kubernetes/base");
    private static final YAMLMapper YAML = new YAMLMapper(new YAMLFactory());

    /** What an installation has of its own: the manifests name it, and hold none of it. */
    private final Map<String, String> secrets = Map.of("username", "postgres", "password", "postgres");

    private final String database = Postgres.newDatabase();
    private Path keys = Path.of("");

    @TempDir
    private Path folder;

    @BeforeEach
    void writeKeys() throws IOException {
        keys = Files.writeString(folder.resolve("keys"), KeyFile.newKey() + "\n");
    }

    @Test
    void theJobMigratesAndTheNodePassesItsProbesAndDrains() throws Exception {
        JsonNode job = container(BASE.resolve("migration.yaml"));
        JsonNode drain = container(Path.of("deploy/kubernetes/components/drain-job/job.yaml"));
        JsonNode node = container(BASE.resolve("deployment.yaml"));

        try (var migrate = start(job)) {
            assertThat(migrate.awaitExit()).as(migrate.log()).isZero();
        }
        try (var tidings = start(node)) {
            for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                JsonNode get = node.path(probe).path("httpGet");
                assertThat(get.path("port").asText()).isEqualTo("management");
                String path = get.path("path").asText();
                await(probe + " " + path)
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> tidings.statusOfManagement(path) == 200);
            }
            assertThat(tidings.log()).doesNotContain("Migrating schema");
            try (var beside = start(drain)) {
                assertThat(beside.awaitExit()).as(beside.log()).isZero();
            }
            tidings.terminate();
            assertThat(tidings.log()).contains("Drained").doesNotContain("Not drained");
        }
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void theGracePeriodIsLongerThanAnEndTakes() throws Exception {
        JsonNode spec = document(BASE.resolve("deployment.yaml")).at("/spec/template/spec");
        int sleep = spec.at("/containers/0/lifecycle/preStop/sleep/seconds").asInt();
        int requests = 10;
        int attempts = 15;
        int lease = 5;

        assertThat(spec.path("terminationGracePeriodSeconds").asInt())
                .isGreaterThanOrEqualTo(sleep + requests + attempts + lease);
        assertThat(Files.readString(Path.of("src/main/resources/application.properties")))
                .contains("quarkus.shutdown.timeout=" + requests + "s");
    }

    private TidingsProcess start(JsonNode container) throws IOException {
        List<String> arguments = StreamSupport.stream(container.path("args").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        return TidingsProcess.inEnvironment(folder, environment(container), arguments);
    }

    private Map<String, String> environment(JsonNode container) throws IOException {
        assertThat(container.at("/envFrom/0/configMapRef/name").asText()).isEqualTo("tidings");
        Map<String, String> environment = new HashMap<>();
        document(BASE.resolve("configuration.yaml"))
                .path("data")
                .properties()
                .forEach(entry ->
                        environment.put(entry.getKey(), entry.getValue().asText()));
        for (JsonNode variable : container.path("env")) {
            String key = variable.at("/valueFrom/secretKeyRef/key").asText();
            environment.put(
                    variable.path("name").asText(),
                    variable.has("value") ? variable.path("value").asText() : secrets.get(key));
        }
        // What differs here: where the database is, and where the secret is mounted.
        environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", database);
        environment.put("TIDINGS_SECRETS_KEYS_FILE", keys.toString());
        return environment;
    }

    private static JsonNode container(Path manifest) throws IOException {
        JsonNode document = document(manifest);
        JsonNode pod = document.has("spec") && document.at("/spec").has("jobTemplate")
                ? document.at("/spec/jobTemplate/spec/template/spec")
                : document.at("/spec/template/spec");
        assertThat(pod.at("/containers")).hasSize(1);
        return pod.at("/containers/0");
    }

    private static JsonNode document(Path manifest) throws IOException {
        return YAML.readTree(manifest.toFile());
    }
}
