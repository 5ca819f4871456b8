/** Tests of dispatch. */
@NullMarked
package dev.tidings.dispatch;

import org.jspecify.annotations.NullMarked;
