/**
 * What a person sees and does: delivery log, statistics, redelivery, a test event, and the web pages that call all of it.
 */
@NullMarked
package dev.tidings.console;

import org.jspecify.annotations.NullMarked;
