/** What holds for the whole house. */
@NullMarked
package dev.tidings;

import org.jspecify.annotations.NullMarked;
