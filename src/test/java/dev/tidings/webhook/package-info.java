/** Tests of webhook. */
@NullMarked
package dev.tidings.webhook;

import org.jspecify.annotations.NullMarked;
