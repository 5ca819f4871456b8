/** Tests of the metrics and log lines. */
@NullMarked
package dev.tidings.telemetry;

import org.jspecify.annotations.NullMarked;
