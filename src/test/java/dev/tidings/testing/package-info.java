/** The kit: real PostgreSQL, a real TLS receiver, a manual clock, signals. */
@NullMarked
package dev.tidings.testing;

import org.jspecify.annotations.NullMarked;
