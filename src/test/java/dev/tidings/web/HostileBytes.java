package dev.tidings.web;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Spoils good bodies in the ways that break parsers; one seed gives one series. */
final class HostileBytes {
    private static final List<String> POISON = List.of(
            "\u0000",
            "\\u0000",
            "\\ud800",
            "1e999999999",
            "-1e-999999999",
            "1e99999999999",
            "9".repeat(2_000),
            "null",
            "true",
            "{}",
            "[]",
            "\"",
            "\\",
            "}",
            "]",
            ",",
            ":",
            "\uFEFF",
            "\u202E",
            "NaN",
            "Infinity",
            "0x10",
            "' OR '1'='1",
            "%00",
            "\r\n",
            "../../",
            "${jndi:x}",
            "{\"a\":".repeat(600),
            "[".repeat(3_000),
            "\"x\":1,\"x\":2,",
            "💥".repeat(300));

    private static final List<byte[]> NOT_UTF8 = List.of(
            new byte[] {(byte) 0xC0, (byte) 0x80},
            new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            new byte[] {(byte) 0xF8, (byte) 0x88, (byte) 0x80, (byte) 0x80, (byte) 0x80},
            new byte[] {(byte) 0xFF, (byte) 0xFE},
            new byte[] {(byte) 0xE2, (byte) 0x82});

    private final Random random;

    HostileBytes(long seed) {
        this.random = new Random(seed);
    }

    /** The body, spoiled in one to four places. */
    byte[] spoiled(String good) {
        byte[] body = good.getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(4); i >= 0; i--) {
            body = spoiled(body);
        }
        return body;
    }

    private byte[] spoiled(byte[] body) {
        int at = random.nextInt(body.length + 1);
        int to = Math.min(body.length, at + random.nextInt(12));
        return switch (random.nextInt(6)) {
            case 0 -> spliced(body, at, to, new byte[0]);
            case 1 -> spliced(body, at, at, word());
            case 2 -> spliced(body, at, to, word());
            case 3 -> spliced(body, at, at, NOT_UTF8.get(random.nextInt(NOT_UTF8.size())));
            case 4 -> spliced(body, at, at, Arrays.copyOfRange(body, at, to));
            default -> Arrays.copyOf(body, at);
        };
    }

    /** Something that is no good value of anything. */
    byte[] word() {
        return POISON.get(random.nextInt(POISON.size())).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] spliced(byte[] body, int from, int to, byte[] between) {
        var spliced = new ByteArrayOutputStream();
        spliced.write(body, 0, from);
        spliced.writeBytes(between);
        spliced.write(body, to, body.length - to);
        return spliced.toByteArray();
    }
}
