/**
 * Listeners only: metrics and the wide log line per attempt. Nobody imports this package.
 */
@NullMarked
package dev.tidings.telemetry;

import org.jspecify.annotations.NullMarked;
