/** Sealing: what opens and what does not. */
@NullMarked
package dev.tidings.secrets;

import org.jspecify.annotations.NullMarked;
