/** Tests of notice. */
@NullMarked
package dev.tidings.notice;

import org.jspecify.annotations.NullMarked;
