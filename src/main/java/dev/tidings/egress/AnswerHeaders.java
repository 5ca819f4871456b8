package dev.tidings.egress;

import dev.tidings.attempt.HeaderLine;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The headers of an answer, as much of them as is shown: a receiver may send 64 KiB of them. */
final class AnswerHeaders {
    private static final int MOST = 50;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_VALUE = 500;
    private static final int MOST_CHARACTERS = 4_000;

    /** What the receiver meant for its own clients' eyes only. */
    private static final Set<String> SECRET =
            Set.of("set-cookie", "set-cookie2", "authorization", "proxy-authorization");

    private AnswerHeaders() {}

    static List<HeaderLine> of(MultiMap headers) {
        List<HeaderLine> lines = new ArrayList<>();
        int room = MOST_CHARACTERS;
        for (Map.Entry<String, String> header : headers) {
            String name = cut(header.getKey().toLowerCase(Locale.ROOT), LONGEST_NAME);
            String value = SECRET.contains(name) ? null : cut(header.getValue(), LONGEST_VALUE);
            room -= name.length() + (value == null ? 0 : value.length());
            if (lines.size() == MOST || room < 0) {
                break;
            }
            lines.add(new HeaderLine(name, value));
        }
        return lines;
    }

    /** In one line, as it is kept so. */
    private static String cut(String text, int longest) {
        if (text.length() <= longest && isClean(text)) {
            return text;
        }
        String line = Causes.oneLine(text);
        return line.length() <= longest ? line : line.substring(0, longest - 1) + "…";
    }

    // A loop, and no stream: this is asked for each header of each answer.
    private static boolean isClean(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) == 127) {
                return false;
            }
        }
        return true;
    }
}
