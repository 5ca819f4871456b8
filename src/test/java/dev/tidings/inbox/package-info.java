@NullMarked
package dev.tidings.inbox;

import org.jspecify.annotations.NullMarked;
