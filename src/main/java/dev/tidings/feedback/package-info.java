/**
 * What happened: one message, one recipient, one {@link dev.tidings.feedback.FeedbackEvent}, and the payload of each
 * version that tells a receiver about it. Plain values: no I/O, no clock, {@code java.*} only.
 */
@NullMarked
package dev.tidings.feedback;

import org.jspecify.annotations.NullMarked;
