/**
 * The durable promise: what was accepted is in the queue until it is delivered or has failed. All SQL of the tables
 * event, queue, attempt, failed_delivery and node is here.
 */
@NullMarked
package dev.tidings.queue;

import org.jspecify.annotations.NullMarked;
