/** Tests of attempt. */
@NullMarked
package dev.tidings.attempt;

import org.jspecify.annotations.NullMarked;
