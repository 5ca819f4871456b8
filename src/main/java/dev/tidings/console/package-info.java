/**
 * What a person sees and does: the delivery log, redelivery, a test event.
 */
@NullMarked
package dev.tidings.console;

import org.jspecify.annotations.NullMarked;
