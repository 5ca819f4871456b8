package dev.tidings.console;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the console's modules are: what every library's jar says of itself, and on top of it the replacements, which take
 * a library's module out for one of ours. The versions are in the jars' addresses, so nobody has to write them down.
 */
final class ImportMap {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Map<String, String>>> MAP = new TypeReference<>() {};

    private final Map<String, String> imports = new TreeMap<>();

    /** The map of all libraries on the class path, with the replacements in that resource. */
    static ImportMap read(ClassLoader loader, URL replacements) throws IOException {
        ImportMap map = new ImportMap();
        for (URL library : Collections.list(loader.getResources("META-INF/importmap.json"))) {
            map.imports.putAll(imports(library));
        }
        imports(replacements).forEach(map::replace);
        return map;
    }

    /** The text of the page's {@code <script type="importmap">}. */
    String json() throws IOException {
        // Within a script element, no text may look like its end.
        return JSON.writeValueAsString(Map.of("imports", imports)).replace("<", "\\u003c");
    }

    /** The address of that module, or of another file of a library: along the longest prefix that is known. */
    Optional<String> address(String module) {
        String exact = imports.get(module);
        return exact != null
                ? Optional.of(exact)
                : imports.keySet().stream()
                        .filter(prefix -> prefix.endsWith("/") && module.startsWith(prefix))
                        .max(Comparator.comparingInt(String::length))
                        .map(prefix -> imports.get(prefix) + module.substring(prefix.length()));
    }

    /** By its address too: modules of one library import each other by relative addresses. */
    private void replace(String module, String by) {
        address(module).ifPresent(address -> imports.put(address, by));
        imports.put(module, by);
    }

    private static Map<String, String> imports(URL resource) throws IOException {
        try (var in = resource.openStream()) {
            return JSON.readValue(in, MAP).getOrDefault("imports", Map.of());
        }
    }
}
