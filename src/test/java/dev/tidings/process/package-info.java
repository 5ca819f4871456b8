/** The packaged application as a process of its own: started, killed, started again. */
@NullMarked
package dev.tidings.process;

import org.jspecify.annotations.NullMarked;
