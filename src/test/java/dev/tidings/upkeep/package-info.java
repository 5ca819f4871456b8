/** Tests of upkeep. */
@NullMarked
package dev.tidings.upkeep;

import org.jspecify.annotations.NullMarked;
