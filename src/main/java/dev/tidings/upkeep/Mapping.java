package dev.tidings.upkeep;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A part of the process's memory, by the sections of <a
 * href="https://docs.kernel.org/filesystems/proc.html">/proc/PID/smaps</a>.
 *
 * @param start its first address
 * @param bytes how long it is; whole pages
 * @param readOnly nothing can be written to it
 * @param file what is mapped there; empty when it has no name
 * @param resident how many kB of it are in memory
 * @param own how many kB of those the file does not have: they were written to
 */
record Mapping(long start, long bytes, boolean readOnly, String file, long resident, long own) {
    private static final Pattern HEAD =
            Pattern.compile("(?<start>[0-9a-f]+)-(?<end>[0-9a-f]+) .(?<write>.).. \\S+ \\S+ \\S+ *(?<file>.*)");

    private static final Pattern FIGURE = Pattern.compile("(?<name>\\w+): +(?<kilobytes>\\d+) kB");

    /** Those that the lines describe; what else stands there is skipped. */
    static List<Mapping> of(List<String> lines) {
        List<Mapping> found = new ArrayList<>();
        for (String line : lines) {
            var head = HEAD.matcher(line);
            var figure = FIGURE.matcher(line);
            if (head.matches()) {
                long start = Long.parseUnsignedLong(head.group("start"), 16);
                long end = Long.parseUnsignedLong(head.group("end"), 16);
                found.add(new Mapping(start, end - start, head.group("write").equals("-"), head.group("file"), 0, 0));
            } else if (!found.isEmpty() && figure.matches()) {
                long kilobytes = Long.parseLong(figure.group("kilobytes"));
                found.add(found.removeLast().with(figure.group("name"), kilobytes));
            }
        }
        return found;
    }

    private Mapping with(String name, long kilobytes) {
        return switch (name) {
            case "Rss" -> new Mapping(start, bytes, readOnly, file, kilobytes, own);
            case "Anonymous" -> new Mapping(start, bytes, readOnly, file, resident, kilobytes);
            default -> this;
        };
    }

    /** All of it can be read from that file again. */
    boolean repeats(String name) {
        return readOnly && own == 0 && file.equals(name);
    }
}
