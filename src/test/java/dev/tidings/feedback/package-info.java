/** Tests of feedback. */
@NullMarked
package dev.tidings.feedback;

import org.jspecify.annotations.NullMarked;
