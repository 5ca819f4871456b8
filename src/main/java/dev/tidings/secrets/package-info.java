/**
 * Secrets at rest: sealed before they reach the database, with keys that the operator holds and can change.
 */
@NullMarked
package dev.tidings.secrets;

import org.jspecify.annotations.NullMarked;
