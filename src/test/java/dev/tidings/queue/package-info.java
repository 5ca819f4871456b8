@NullMarked
package dev.tidings.queue;

import org.jspecify.annotations.NullMarked;
