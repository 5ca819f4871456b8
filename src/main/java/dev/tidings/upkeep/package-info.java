/**
 * Chores with their own clock: dead nodes' leases, partitions, retention.
 */
@NullMarked
package dev.tidings.upkeep;

import org.jspecify.annotations.NullMarked;
