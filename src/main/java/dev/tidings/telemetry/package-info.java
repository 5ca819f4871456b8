/**
 * Listeners only: metrics, the wide log line per attempt, and spans. Nobody imports this package.
 */
@NullMarked
package dev.tidings.telemetry;

import org.jspecify.annotations.NullMarked;
