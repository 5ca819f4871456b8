import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Figures of several rounds, by name, in the order they first came. */
final class Medians {
    private final Map<String, List<Double>> figures = new LinkedHashMap<>();

    /** Notes it, and answers it. */
    double add(String name, double figure) {
        figures.computeIfAbsent(name, none -> new ArrayList<>()).add(figure);
        return figure;
    }

    static double of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of("", "| figure | median | rounds |", "| --- | --- | --- |"));
        figures.forEach((name, values) -> lines.add(String.format(Locale.ROOT, "| %s | %s | %d |", name,
                number(of(values)), values.size())));
        return lines;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
    }
}
