package dev.tidings.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A span as a collector gets it: OTLP in protobuf (opentelemetry-proto, {@code collector/trace/v1}), read by hand as far
 * as tests look at it.
 *
 * @param parentId empty: it is the first of its trace
 */
public record OtlpSpan(String traceId, String spanId, String parentId, String name, Map<String, String> attributes) {

    /** The spans of one request to {@code /v1/traces}. */
    public static List<OtlpSpan> of(byte[] export) {
        return parts(export, 1)
                .flatMap(resource -> parts(resource, 2))
                .flatMap(scope -> parts(scope, 2))
                .map(OtlpSpan::span)
                .toList();
    }

    private static OtlpSpan span(byte[] message) {
        Map<String, String> attributes = new HashMap<>();
        parts(message, 9).forEach(pair -> attributes.put(text(pair, 1), value(pair)));
        return new OtlpSpan(hex(message, 1), hex(message, 2), hex(message, 4), text(message, 5), attributes);
    }

    private static String value(byte[] pair) {
        return parts(pair, 2)
                .flatMap(any -> fields(any).values().stream())
                .flatMap(List::stream)
                .map(value ->
                        value instanceof byte[] text ? new String(text, StandardCharsets.UTF_8) : value.toString())
                .findFirst()
                .orElse("");
    }

    private static String hex(byte[] message, int field) {
        return parts(message, field).findFirst().map(HexFormat.of()::formatHex).orElse("");
    }

    private static String text(byte[] message, int field) {
        return parts(message, field)
                .findFirst()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
    }

    private static Stream<byte[]> parts(byte[] message, int field) {
        return fields(message).getOrDefault(field, List.of()).stream().map(byte[].class::cast);
    }

    /** What the wire format tells without a schema: numbers, and bytes for all that has a length. */
    private static Map<Integer, List<Object>> fields(byte[] message) {
        Map<Integer, List<Object>> fields = new HashMap<>();
        ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            long tag = varint(in);
            Object value = switch ((int) tag & 7) {
                case 0 -> varint(in);
                case 1 -> in.getLong();
                case 2 -> bytes(in);
                case 5 -> in.getInt();
                default -> throw new IllegalArgumentException("no protobuf");
            };
            fields.computeIfAbsent((int) (tag >>> 3), none -> new ArrayList<>()).add(value);
        }
        return fields;
    }

    private static byte[] bytes(ByteBuffer in) {
        byte[] bytes = new byte[(int) varint(in)];
        in.get(bytes);
        return bytes;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte b = in.get();
            value |= (b & 0x7FL) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("no protobuf");
    }
}
