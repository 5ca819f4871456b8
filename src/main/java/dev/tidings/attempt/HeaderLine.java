package dev.tidings.attempt;

import org.jspecify.annotations.Nullable;

/**
 * A header, as it may be shown.
 *
 * @param value {@code null} where it is not kept: it is a secret, or differs from message to message
 */
public record HeaderLine(String name, @Nullable String value) {}
