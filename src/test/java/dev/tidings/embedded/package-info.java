/** The embedded PostgreSQL, with the traps that a kill, a reboot or another user leaves in its directory. */
@NullMarked
package dev.tidings.embedded;

import org.jspecify.annotations.NullMarked;
