@NullMarked
package dev.tidings.console;

import org.jspecify.annotations.NullMarked;
