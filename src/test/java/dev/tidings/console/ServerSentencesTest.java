package dev.tidings.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the server may say to a person has its Chinese in {@code words/server.js}. The sentences are found where none can
 * hide: among the strings of the compiled classes, with a sample for each value that is put into them.
 */
class ServerSentencesTest {
    private static final Path CLASSES = Path.of("target/classes/dev/tidings");
    private static final Path TRANSLATIONS = Path.of("src/main/resources/META-INF/resources/console/words/server.js");

    private static final List<String> SPEAKING =
            List.of("attempt", "campaign", "console", "dispatch", "egress", "feedback", "queue", "web", "webhook");

    /** How a violation or a sentence begins. */
    private static final Pattern SENTENCE = Pattern.compile(
            "(must|is|are|can|does|goes|makes|has|needs|may|The|This|No|It|An|A"
                    + "|There|Another|Other|Replay|Delivery|Plain|Webhook|Events|Tidings) .+",
            Pattern.DOTALL);

    /** Said to operators in the log or at start-up, to programs, or a part of a longer one that is looked at below. */
    private static final List<Pattern> NOT_FOR_THE_CONSOLE = Stream.of(
                    ".*%[sd].*", // A line of the log.
                    "A bearer token is required.*", // Becomes the page's own words: sign in.
                    "Tidings/.*",
                    "(The certificate of|must be) \u0001",
                    "(A fault of Tidings|No bearer token, or|The request cannot be read, or|The token lacks the permission, or).*",
                    "(The organization|The sandbox's (id|name)|The campaign's id, as the platform gives it.*)",
                    "(This node was declared dead|Tidings does not start).*",
                    "A retry schedule needs.*",
                    "The jitter is a share.*",
                    "(An attempt at|A step of|A notification on|A campaign that) .*",
                    "must be host:port.*", // The operator's.
                    "Webhook \u0001.*")
            .map(pattern -> Pattern.compile(pattern, Pattern.DOTALL))
            .toList();

    private record Translation(Pattern pattern, String chinese) {}

    @Test
    void everySentenceHasItsChinese() throws IOException {
        List<Translation> translations = translations();

        Set<String> untranslated = new TreeSet<>();
        for (String sentence : sentences()) {
            String sample = sentence.replace("\u0001", "7");
            if (translations.stream()
                    .noneMatch(one -> one.pattern.matcher(sample).find())) {
                untranslated.add(sample);
            }
        }

        assertThat(untranslated).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The endpoint answered 503; gave up after 24 hours of retries",
                "No connection to hooks.example.com:443 within 5 s; gave up after 24 hours of retries",
                "The endpoint answered 410 (Gone)",
                "The endpoint answered 302: redirects are not followed",
                "The endpoint answered 401: trying once more with a fresh token",
                "The certificate of hooks.example.com has expired",
                "The certificate of hooks.example.com is not valid yet",
                "The certificate of hooks.example.com is not for that name: No name matching hooks.example.com found",
                "The certificate of hooks.example.com is not trusted: no certificate authority that is known here has issued"
                        + " it (is an intermediate certificate missing?)",
                "hooks.example.com:443 does not speak TLS",
                "hooks.example.com leads to 10.0.0.1, which is not a public address: not called",
                "hooks.example.com:8443 is not called: the operator allows port 443 only",
                "0177.0.0.1 is an address in a spelling that is read in two ways: not called",
                "12 of 12 attempts within 24 hours failed, most often: The endpoint answered 404",
                "10 of 12 attempts within 24 hours failed",
                "disabled by health: 10 of 12 attempts within 24 hours failed",
                "must be an RSA key for RS256"
            })
    void sentencesOfSeveralPartsHaveTheirs(String sentence) throws IOException {
        assertThat(translations()).anyMatch(one -> one.pattern.matcher(sentence).find());
    }

    @Test
    void theScanFindsWhatIsKnownToBeSaid() throws IOException {
        assertThat(sentences())
                .hasSizeGreaterThan(80)
                .contains("is required", "The webhook did not select this channel", "The endpoint answered \u0001");
    }

    @Test
    void noTranslationIsLeftInEnglish() throws IOException {
        assertThat(translations()).allMatch(one -> one.chinese.codePoints().anyMatch(Character::isIdeographic));
    }

    private static List<String> sentences() throws IOException {
        Set<String> found = new TreeSet<>();
        for (String name : SPEAKING) {
            try (Stream<Path> files = Files.walk(CLASSES.resolve(name))) {
                for (Path file : files.filter(f ->
                                f.toString().endsWith(".class") && !f.toString().contains("Examples"))
                        .toList()) {
                    for (PoolEntry entry : ClassFile.of().parse(file).constantPool()) {
                        if (entry instanceof StringEntry string) {
                            found.add(string.stringValue());
                        }
                    }
                }
            }
        }
        return found.stream()
                .filter(text -> SENTENCE.matcher(text).matches())
                .filter(text -> NOT_FOR_THE_CONSOLE.stream()
                        .noneMatch(not -> not.matcher(text).matches()))
                .toList();
    }

    private static List<Translation> translations() throws IOException {
        return Pattern.compile("^  \\[/(.+)/, '(.+)'],$", Pattern.MULTILINE)
                .matcher(Files.readString(TRANSLATIONS))
                .results()
                .map(line -> new Translation(Pattern.compile(line.group(1)), line.group(2)))
                .toList();
    }
}
