/**
 * Who did what: the audit trail, written in the transaction of what it tells of.
 */
@NullMarked
package dev.tidings.audit;

import org.jspecify.annotations.NullMarked;
