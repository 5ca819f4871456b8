/**
 * The durable promise: what was accepted is in the queue until it is delivered or has failed. All SQL of the tables
 * event, queue, attempt, failed_delivery and node is here, and of the statistics that are folded from them.
 */
@NullMarked
package dev.tidings.queue;

import org.jspecify.annotations.NullMarked;
