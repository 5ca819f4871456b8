/**
 * What one try gave ({@link dev.tidings.attempt.SendResult}) and what follows from it
 * ({@link dev.tidings.attempt.Verdict}). Pure: no clock, no I/O, {@code java.*} only.
 */
@NullMarked
package dev.tidings.attempt;

import org.jspecify.annotations.NullMarked;
