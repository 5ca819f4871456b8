package dev.tidings.secrets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The operator's keys by id; the first one is current. */
public final class KeyRing {
    private static final Pattern KEY = Pattern.compile("([A-Za-z0-9._-]{1,64}):([A-Za-z0-9+/]{43}=?)");

    private final Map<String, SecretKey> keys = new LinkedHashMap<>();

    private KeyRing(List<String> lines, String where) {
        for (String line : lines) {
            Matcher matcher = KEY.matcher(line);
            if (!matcher.matches()) {
                throw new BadKeyException("Key number " + (keys.size() + 1) + " in " + where
                        + " can't be used: a key is id:Base64 of 32 random bytes."
                        + " Make one with: echo \"$(date +%F):$(openssl rand -base64 32)\"");
            }
            var key = new SecretKeySpec(Base64.getDecoder().decode(matcher.group(2)), "AES");
            if (keys.put(matcher.group(1), key) != null) {
                throw new BadKeyException("The key id " + matcher.group(1) + " is there twice in " + where);
            }
        }
        if (keys.isEmpty()) {
            throw new BadKeyException("There is no key in " + where);
        }
    }

    /** The keys of that configuration; {@link BadKeyException} where there are none, or one that can't be used. */
    public static KeyRing of(Optional<List<String>> keys, Optional<String> file) {
        if (keys.isPresent()) {
            return new KeyRing(keys.get(), "tidings.secrets.keys");
        }
        if (file.isEmpty()) {
            throw new BadKeyException("Neither tidings.secrets.keys nor tidings.secrets.keys-file is set");
        }
        return new KeyRing(read(Path.of(file.get())), file.get());
    }

    /** Empty lines, and those that begin with {@code #}, are not keys. */
    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new BadKeyException("tidings.secrets.keys-file " + file + " can't be read: " + e.getMessage());
        }
    }

    /** The id of the key that encrypts. */
    public String current() {
        return keys.keySet().iterator().next();
    }

    /** The ids of all of them. */
    Set<String> ids() {
        return Set.copyOf(keys.keySet());
    }

    SecretKey key(String id) {
        SecretKey key = keys.get(id);
        if (key == null) {
            throw new BadKeyException("Something is encrypted with the key " + id
                    + ", which is not among tidings.secrets.keys: add it there, after the first one");
        }
        return key;
    }

    /** Shows ids only. */
    @Override
    public String toString() {
        return "KeyRing" + keys.keySet();
    }
}
