/** Campaigns over HTTP, and how fresh their copy in memory is. */
@NullMarked
package dev.tidings.campaign;

import org.jspecify.annotations.NullMarked;
