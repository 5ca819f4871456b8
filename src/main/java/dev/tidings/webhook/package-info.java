/**
 * Who wants what, where: the one webhook of an organization + sandbox, its validation, storage and cache.
 */
@NullMarked
package dev.tidings.webhook;

import org.jspecify.annotations.NullMarked;
