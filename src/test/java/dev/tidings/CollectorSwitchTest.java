package dev.tidings;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Traces are recorded where a collector is named, unless somebody says that they are not. */
class CollectorSwitchTest {
    private static final String SWITCH = "dev.tidings.no-collector";

    @AfterEach
    void forget() {
        System.clearProperty(SWITCH);
    }

    @ParameterizedTest
    @CsvSource({
        "nothing, at all, true",
        "quarkus.otel.exporter.otlp.endpoint, http://collector:4317, false",
        "quarkus.otel.exporter.otlp.traces.endpoint, http://collector:4317, false",
        "quarkus.otel.sdk.disabled, false, false",
    })
    void aCollectorSwitchesTracesOn(String key, String value, boolean disabled) throws IOException {
        StartupCheck.recordTraces(config(Map.of(key, value)));

        assertThat(isDisabled(Map.of(key, value))).isEqualTo(disabled);
    }

    @ParameterizedTest
    @CsvSource("quarkus.otel.exporter.otlp.endpoint, http://collector:4317")
    void butAnOperatorsWordCountsForMore(String key, String value) throws IOException {
        Map<String, String> set = Map.of(key, value, "quarkus.otel.sdk.disabled", "true");
        StartupCheck.recordTraces(config(set));

        assertThat(isDisabled(set)).isTrue();
    }

    private static boolean isDisabled(Map<String, String> set) throws IOException {
        return config(set).getValue("quarkus.otel.sdk.disabled", Boolean.class);
    }

    /** The product's own settings, and above them an operator's. */
    private static SmallRyeConfig config(Map<String, String> set) throws IOException {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(
                        new PropertiesConfigSource(
                                Path.of("src/main/resources/application.properties")
                                        .toUri()
                                        .toURL(),
                                250),
                        new PropertiesConfigSource(set, "an operator", 300))
                .withSources(new PropertiesConfigSource(switched(), "the main class", 400))
                .build();
    }

    /** Nothing else of the system's properties: others' tests leave theirs. */
    private static Map<String, String> switched() {
        String value = System.getProperty(SWITCH);
        return value == null ? Map.of() : Map.of(SWITCH, value);
    }
}
