package dev.tidings.testing;

import io.smallrye.config.ConfigMappingInterface.Property;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.groups.Tuple;

/** The table of all configuration keys: made from the mappings and their Javadoc, or read from a Markdown text. */
public record ConfigurationTable(List<Line> lines) {
    private static final String BEGIN = "<!-- configuration -->";
    private static final String END = "<!-- /configuration -->";
    private static final Pattern ROW =
            Pattern.compile("^\\| `(?<key>[^`]+)` *\\| *(?:`(?<value>[^`]*)`)? *\\| *(?<meaning>.*?) *\\|$");

    /**
     * A key of the configuration.
     *
     * @param defaultValue empty when there is none
     */
    public record Line(String key, String defaultValue, String meaning) {
        @Override
        public String toString() {
            String shown = defaultValue.isEmpty() ? "" : "`" + defaultValue + "`";
            return "| `" + key + "` | " + shown + " | " + meaning.replace("|", "\\|") + " |";
        }
    }

    /** What those interfaces read, with the first sentences of their Javadoc found under that source root. */
    public static ConfigurationTable of(List<Class<?>> mappings, Path sources) {
        return new ConfigurationTable(mappings.stream()
                .flatMap(mapping -> ConfigMappings.getProperties(ConfigClass.configClass(mapping)).entrySet().stream())
                .filter(entry -> !entry.getValue().isGroup())
                .map(entry -> line(entry.getKey(), entry.getValue(), sources))
                // A list is known by its key, and by that of each of its members: one line says it.
                .filter(line -> !line.key().endsWith("[*]"))
                .sorted(Comparator.comparing(Line::key))
                .toList());
    }

    /** The rows between the markers of that text; an empty table when there are none. */
    public static List<Line> read(String markdown) {
        int begin = markdown.indexOf(BEGIN);
        int end = markdown.indexOf(END);
        if (begin < 0 || end < begin) {
            return List.of();
        }
        return markdown.substring(begin, end)
                .lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> new Line(
                        row.group("key"), row.group("value") == null ? "" : row.group("value"), row.group("meaning")))
                .toList();
    }

    public List<Tuple> keysAndDefaults() {
        return lines.stream()
                .map(line -> Tuple.tuple(line.key(), line.defaultValue()))
                .toList();
    }

    /** As it belongs into the README, markers included. */
    @Override
    public String toString() {
        return lines.stream()
                .map(Line::toString)
                .collect(Collectors.joining(
                        "\n", BEGIN + "\n| key | default | what it says |\n| --- | --- | --- |\n", "\n" + END + "\n"));
    }

    private static Line line(String key, Property property, Path sources) {
        return new Line(
                key,
                property.hasDefaultValue() ? property.getDefaultValue() : "",
                javadoc(property.getMethod(), sources));
    }

    private static String javadoc(Method method, Path sources) {
        Class<?> file = method.getDeclaringClass();
        while (file.getEnclosingClass() != null) {
            file = file.getEnclosingClass();
        }
        try {
            String source = Files.readString(sources.resolve(file.getName().replace('.', '/') + ".java"));
            Matcher found = Pattern.compile(
                            "/\\*\\*((?:(?!\\*/).)*)\\*/[^;{}/]*\\s" + method.getName() + "\\(\\)", Pattern.DOTALL)
                    .matcher(source);
            return found.find() ? plain(found.group(1)) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String plain(String javadoc) {
        return javadoc.replaceAll("(?m)^\\s*\\*", "")
                .replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replaceAll("\\{@link #?([^}]*)}", "`$1`")
                .replaceAll("</?[a-z]+>", "")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
