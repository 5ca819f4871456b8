/**
 * How configuration that is kept in memory hears of changes that other nodes commit: one connection that listens.
 */
@NullMarked
package dev.tidings.notice;

import org.jspecify.annotations.NullMarked;
