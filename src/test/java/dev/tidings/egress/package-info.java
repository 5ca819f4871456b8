/** Tests of egress. */
@NullMarked
package dev.tidings.egress;

import org.jspecify.annotations.NullMarked;
