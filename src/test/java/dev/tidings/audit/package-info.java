/** Tests of the audit trail. */
@NullMarked
package dev.tidings.audit;

import org.jspecify.annotations.NullMarked;
