package dev.tidings.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.tidings.testing.StubReceiver;
import jakarta.annotation.Generated;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that are generated from the API's promised description compile, strictly, and do what an administrator and the
 * platform do: {@code src/clients}. The profile {@code clients} brings the generator, npm the compiler of TypeScript.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeneratedClientsIT {
    private static final Path TOOLS = Path.of("target/clients").toAbsolutePath();
    private static final Path GENERATOR = TOOLS.resolve("openapi-generator-cli.jar");
    private static final Path TYPESCRIPT = TOOLS.resolve("node_modules/typescript/lib/tsc.js");
    private static final Path SOURCES = Path.of("src/clients").toAbsolutePath();
    private static final Path PROMISED = Path.of("src/docs/openapi.json").toAbsolutePath();

    private final StubReceiver receiver = StubReceiver.plain();
    private TidingsProcess tidings;

    @BeforeAll
    void start(@TempDir Path folder) {
        assumeTrue(Files.exists(GENERATOR), "the profile clients brings the generator");
        tidings = new TidingsProcess(folder, "quarkus.profile=dev").awaitReady();
    }

    @AfterAll
    void stop() {
        if (tidings != null) {
            tidings.close();
        }
        receiver.close();
    }

    @Test
    void theClientOfJavaWorks(@TempDir Path folder) throws Exception {
        generate(folder, "java.yaml");
        Path compiled = Files.createDirectory(folder.resolve("compiled"));
        String libraries = Stream.of(
                        ObjectMapper.class, JsonFactory.class, JsonInclude.class, JavaTimeModule.class, Generated.class)
                .map(GeneratedClientsIT::jar)
                .collect(Collectors.joining(File.pathSeparator));
        List<String> javac = new ArrayList<>(List.of(jdk("javac"), "-cp", libraries, "-d", compiled.toString()));
        javac.add(SOURCES.resolve("Smoke.java").toString());
        try (Stream<Path> files = Files.walk(folder.resolve("client/src/main/java"))) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(javac::add);
        }
        run(folder, javac);

        String classes = libraries + File.pathSeparator + compiled;
        String said = run(
                folder,
                List.of(jdk("java"), "-cp", classes, "Smoke", tidings.uri("").toString(), hook("java")));

        assertThat(said).contains("delivered java-1 java-2");
        assertThat(arrived("java")).containsExactlyInAnyOrder("java-1", "java-2");
    }

    @Test
    void theClientOfTypeScriptWorks(@TempDir Path folder) throws Exception {
        assumeTrue(
                Files.exists(TYPESCRIPT),
                "npm install --prefix target/clients --no-save typescript@5.9.3 was not called");
        assumeTrue(isInstalled("node"), "there is no node to compile and run TypeScript with");
        generate(folder, "typescript.yaml");
        for (String file : List.of("smoke.ts", "tsconfig.json")) {
            Files.copy(SOURCES.resolve(file), folder.resolve(file));
        }
        Files.writeString(folder.resolve("package.json"), "{\"type\": \"module\"}");
        run(folder, List.of("node", TYPESCRIPT.toString(), "--project", "."));

        String said =
                run(folder, List.of("node", "compiled/smoke.js", tidings.uri("").toString(), hook("typescript")));

        assertThat(said).contains("delivered typescript-1 typescript-2");
        assertThat(arrived("typescript")).containsExactlyInAnyOrder("typescript-1", "typescript-2");
    }

    private String hook(String language) {
        return receiver.url("/" + language);
    }

    private List<String> arrived(String language) {
        return receiver.requests().stream()
                .map(request -> request.header("webhook-id"))
                .filter(id -> id.startsWith(language + "-"))
                .toList();
    }

    /** Into the folder client. */
    private static void generate(Path folder, String configuration) throws Exception {
        run(
                folder,
                List.of(
                        jdk("java"),
                        "-jar",
                        GENERATOR.toString(),
                        "generate",
                        "-i",
                        PROMISED.toString(),
                        "-c",
                        SOURCES.resolve(configuration).toString(),
                        "-o",
                        "client"));
    }

    /** Answers what it said; it has to end well. */
    private static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path log = Files.createTempFile(folder, "run", ".log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            boolean ended = process.waitFor(3, TimeUnit.MINUTES);
            String said = Files.readString(log);
            assertThat(ended).as(said).isTrue();
            assertThat(process.exitValue()).as(said).isZero();
            return said;
        } finally {
            process.destroyForcibly();
        }
    }

    private static String jdk(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    private static String jar(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
