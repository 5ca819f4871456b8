import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Makes a container image of a folder that looks like its root, with Jib and without a container engine. A layer for each
 * folder at the top, in their order, so that what changes seldom is stored and pulled once. Times, owners and order are
 * fixed: the same files make the same digest.
 *
 * <pre>Image ROOT BASE NAME TAR REVISION VERSION ENTRYPOINT…</pre>
 *
 * BASE is {@code scratch} or an image with its digest; TAR is where the image is written, or {@code push}.
 */
final class Image {
    private static final String USER = "10001:10001";

    private Image() {}

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        String name = arguments[2];
        JibContainerBuilder image = arguments[1].equals("scratch") ? Jib.fromScratch() : Jib.from(arguments[1]);
        for (Path layer : children(root)) {
            image.addFileEntriesLayer(layer(root, layer));
        }
        image.setPlatforms(Set.of(new Platform("amd64", "linux")))
                .setUser(USER)
                .setWorkingDirectory(AbsoluteUnixPath.get("/tmp"))
                .setEntrypoint(Arrays.asList(arguments).subList(6, arguments.length))
                .setExposedPorts(Port.tcp(8080), Port.tcp(9000))
                .setLabels(new TreeMap<>(Map.of(
                        "org.opencontainers.image.title", "Tidings",
                        "org.opencontainers.image.description", "Delivers feedback webhooks for API-triggered campaigns",
                        "org.opencontainers.image.licenses", "Apache-2.0 AND GPL-2.0-only WITH Classpath-exception-2.0",
                        "org.opencontainers.image.version", arguments[5],
                        "dev.tidings.sbom.path", "/sbom/tidings.cdx.json",
                        "dev.tidings.sbom.type", "application/vnd.cyclonedx+json; version=1.6",
                        "org.opencontainers.image.revision", arguments[4])));
        Containerizer to = arguments[3].equals("push")
                ? Containerizer.to(RegistryImage.named(name))
                : Containerizer.to(TarImage.at(Path.of(arguments[3])).named(name)).setOfflineMode(arguments[1].equals("scratch"));
        // Jib knows a layer again by its files' names, times and modes, not by what is in them, and the times are fixed here:
        // from a cache that outlives the build it would take an older build's files.
        to.setApplicationLayersCache(Files.createDirectory(root.resolveSibling(root.getFileName() + "-layers")));
        JibContainer made = image.containerize(to.setToolName("tidings"));
        System.out.println(made.getDigest() + " " + name);
    }

    private static FileEntriesLayer layer(Path root, Path top) throws IOException {
        var layer = FileEntriesLayer.builder().setName(top.getFileName().toString());
        try (Stream<Path> files = Files.walk(top)) {
            for (Path file : files.sorted().toList()) {
                String mode = Files.isDirectory(file) || Files.isExecutable(file) ? "755" : "644";
                if (file.equals(root.resolve("tmp"))) {
                    mode = "777";
                }
                layer.addEntry(
                        file,
                        AbsoluteUnixPath.get("/" + root.relativize(file)),
                        FilePermissions.fromOctalString(mode));
            }
        }
        return layer.build();
    }

    private static List<Path> children(Path root) throws IOException {
        try (Stream<Path> all = Files.list(root)) {
            return all.sorted().toList();
        }
    }
}
