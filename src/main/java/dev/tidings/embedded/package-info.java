/**
 * The PostgreSQL that comes along, for a machine that has none.
 */
@NullMarked
package dev.tidings.embedded;

import org.jspecify.annotations.NullMarked;
