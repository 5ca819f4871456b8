package dev.tidings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Migrations only add, so that a node of the version before goes on beside nodes of the new one. A step that takes something
 * away waits for the version after, which no longer runs beside one that needs it: then it is named here, with its reason.
 */
class ExpandOnlyTest {
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
    /** Those before were never run beside an older version. */
    private static final int FIRST_UPGRADE = 33;

    private static final Pattern FUNCTION_BODY = Pattern.compile("\\$(\\w*)\\$.*?\\$\\1\\$", Pattern.DOTALL);
    private static final Pattern TAKES_AWAY =
            Pattern.compile("\\b(DROP (TABLE|COLUMN|VIEW|FUNCTION|SCHEMA|TYPE|SEQUENCE)|RENAME|(?<!BEFORE )TRUNCATE"
                    + "|ALTER COLUMN \\w+ (SET DATA )?TYPE|SET NOT NULL)\\b"
                    // A column that must have a value, and gets none from a node that does not know it.
                    + "|\\bADD COLUMN (IF NOT EXISTS )?\\w+ (?!.*\\bDEFAULT\\b)[^,;]*\\bNOT NULL\\b");

    static List<Path> migrations() throws IOException {
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            return files.filter(file -> number(file) >= FIRST_UPGRADE).sorted().toList();
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("migrations")
    void takesNothingAway(Path migration) throws IOException {
        assertThat(whatTakesAway(Files.readString(migration)))
                .as("%s", migration)
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE webhook DROP COLUMN secret;",
                "alter table webhook rename column a to b;",
                "ALTER TABLE webhook\n  ADD COLUMN kind text NOT NULL;",
                "ALTER TABLE queue ALTER COLUMN retries TYPE integer;",
                "ALTER TABLE queue ALTER COLUMN holder SET NOT NULL;",
                "DROP TABLE event;"
            })
    void knowsWhatTakesAway(String sql) {
        assertThat(whatTakesAway(sql)).isNotEmpty();
    }

    @Test
    void letsPassWhatAddsAndWhatStandsInComments() {
        assertThat(whatTakesAway("""
                        -- This does not DROP TABLE anything.
                        ALTER TABLE webhook ADD COLUMN kind text NOT NULL DEFAULT 'a';
                        ALTER TABLE webhook ADD COLUMN note text NULL;
                        ALTER TABLE webhook DROP CONSTRAINT webhook_kind_check;
                        CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'DROP TABLE x'; END $$;
                        """)).isEmpty();
    }

    private static List<String> whatTakesAway(String sql) {
        String plain = FUNCTION_BODY
                .matcher(sql.replaceAll("--[^\\n]*", ""))
                .replaceAll("")
                .replaceAll("\\s+", " ")
                .toUpperCase(Locale.ROOT);
        return Stream.of(plain.split(";"))
                .filter(statement -> TAKES_AWAY.matcher(statement).find())
                .map(String::strip)
                .toList();
    }

    private static int number(Path migration) {
        return Integer.parseInt(migration.getFileName().toString().substring(1, 4));
    }
}
