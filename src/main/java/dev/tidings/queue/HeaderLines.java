package dev.tidings.queue;

import dev.tidings.attempt.HeaderLine;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Headers as a text column has them: a line each, {@code name: value}, or the name alone where the value is not kept. */
final class HeaderLines {
    private static final String BETWEEN = ": ";

    private HeaderLines() {}

    static String text(List<HeaderLine> lines) {
        return lines.stream()
                .map(line -> line.value() == null ? line.name() : line.name() + BETWEEN + line.value())
                .collect(Collectors.joining("\n"));
    }

    static List<HeaderLine> parse(@Nullable String text) {
        return text == null || text.isEmpty()
                ? List.of()
                : text.lines().map(HeaderLines::line).toList();
    }

    private static HeaderLine line(String line) {
        int colon = line.indexOf(BETWEEN);
        return colon < 0
                ? new HeaderLine(line, null)
                : new HeaderLine(line.substring(0, colon), line.substring(colon + BETWEEN.length()));
    }
}
