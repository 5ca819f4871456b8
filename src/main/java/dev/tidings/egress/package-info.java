/**
 * One HTTPS POST to a receiver: answers with a {@link dev.tidings.attempt.SendResult}, whatever happens.
 */
@NullMarked
package dev.tidings.egress;

import org.jspecify.annotations.NullMarked;
