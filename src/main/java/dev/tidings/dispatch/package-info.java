/**
 * The loop: claim, send, judge, settle; fair between endpoints.
 */
@NullMarked
package dev.tidings.dispatch;

import org.jspecify.annotations.NullMarked;
