/**
 * A receiver to play with, in the dev profile only.
 */
@NullMarked
package dev.tidings.inbox;

import org.jspecify.annotations.NullMarked;
