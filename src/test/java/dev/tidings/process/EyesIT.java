package dev.tidings.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.testing.StubReceiver;
import dev.tidings.testing.StubReceiver.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What dashboards and alerts look at is there, and each alert says what to do. */
class EyesIT {
    private static final Path RULES = Path.of("deploy/eyes/rules.yaml");
    /** A recorded series has colons in its name, and is Prometheus' own. */
    private static final Pattern METRIC = Pattern.compile("(?<![:\\w])tidings_[a-z_]+");

    private static final Pattern RUNBOOK = Pattern.compile("runbook: deploy/README\\.md#([a-z]+)");

    @Test
    void everyMetricThatIsLookedAtIsThere(@TempDir Path folder) throws Exception {
        Set<String> wanted = new TreeSet<>();
        for (Path file : Set.of(RULES, Path.of("deploy/eyes/dashboard.json"))) {
            wanted.addAll(found(METRIC, file));
        }
        assertThat(wanted).hasSizeGreaterThan(10);
        var platform = new Platform();
        try (var receiver = StubReceiver.plain().then(Answer.of(500));
                var tidings = new TidingsProcess(folder, "quarkus.profile=dev").awaitReady()) {
            Platform.configure(tidings, receiver);
            platform.postUntil(tidings, 20);
            receiver.awaitRequests(20);

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(names(tidings.metrics())).containsAll(wanted));
        }
    }

    @Test
    void everyAlertHasItsSectionInTheGuide() throws IOException {
        String guide = Files.readString(Path.of("deploy/README.md"));
        Set<String> alerts = found(Pattern.compile("alert: (\\w+)"), RULES);

        assertThat(alerts).isNotEmpty().allSatisfy(alert -> assertThat(guide).contains("\n#### " + alert + "\n"));
        assertThat(found(RUNBOOK, RULES))
                .isEqualTo(alerts.stream()
                        .map(alert -> alert.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()));
    }

    private static Set<String> names(String scraped) {
        return scraped.lines()
                .filter(line -> line.startsWith("tidings_"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toSet());
    }

    private static Set<String> found(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map((MatchResult match) -> match.group(match.groupCount()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
