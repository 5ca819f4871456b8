/** Tests of the queue. */
@NullMarked
package dev.tidings.queue;

import org.jspecify.annotations.NullMarked;
