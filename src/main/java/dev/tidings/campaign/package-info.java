/**
 * Which campaigns have webhooks enabled.
 */
@NullMarked
package dev.tidings.campaign;

import org.jspecify.annotations.NullMarked;
