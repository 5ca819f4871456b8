/**
 * Chores with their own clock: dead nodes' leases, partitions, retention, the executable's memory. Those that nobody waits for
 * begin some seconds after the start, not all at once: the first request finds a connection free.
 */
@NullMarked
package dev.tidings.upkeep;

import org.jspecify.annotations.NullMarked;
