package dev.tidings.feedback;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in a trace: the header {@code traceparent} of W3C Trace Context.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param spanId 16 of them, not all zero
 * @param sampled whether whoever sent it may have recorded it
 */
public record TraceParent(String traceId, String spanId, boolean sampled) {
    /** The header's name. */
    public static final String HEADER = "traceparent";

    private static final int TRACE_ID = 3;
    private static final int SPAN_ID = 36;
    private static final int FLAGS = 53;
    private static final int LENGTH = 55;
    private static final int SAMPLED = 1;

    /**
     * Reads what came (W3C Trace Context, 3.2 and 4.3): what is not valid to the letter, or is there twice, counts as not
     * there. Of a version after 00 what follows the flags is passed over.
     *
     * @param headers the values of all headers of that name
     */
    public static @Nullable TraceParent of(List<String> headers) {
        return headers.size() == 1 ? parse(headers.getFirst()) : null;
    }

    /** Reads one value; {@code null}: it is not valid. */
    public static @Nullable TraceParent parse(String text) {
        boolean valid = hasItsForm(text)
                && isKnown(text)
                && !isZero(text, TRACE_ID, SPAN_ID - 1)
                && !isZero(text, SPAN_ID, FLAGS - 1);
        if (!valid) {
            return null;
        }
        int flags = Character.digit(text.charAt(LENGTH - 1), 16);
        return new TraceParent(
                text.substring(TRACE_ID, SPAN_ID - 1),
                text.substring(SPAN_ID, FLAGS - 1),
                (flags & SAMPLED) == SAMPLED);
    }

    // Loops, and no patterns: this is asked for every request.
    private static boolean hasItsForm(String text) {
        if (text.length() < LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            boolean dash = i == TRACE_ID - 1 || i == SPAN_ID - 1 || i == FLAGS - 1;
            if (dash ? text.charAt(i) != '-' : !isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Version ff is none; 00 ends with the flags; of later ones, more may follow after a dash. */
    private static boolean isKnown(String text) {
        boolean ends = text.length() == LENGTH;
        return !text.startsWith("ff") && (ends || (!text.startsWith("00") && text.charAt(LENGTH) == '-'));
    }

    private static boolean isDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }

    private static boolean isZero(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }

    /** The header's value, version 00. Flags that this version does not know are not passed on. */
    public String header() {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }
}
