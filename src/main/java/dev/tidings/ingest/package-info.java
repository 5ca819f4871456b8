/**
 * Events in: decoded, matched with webhook and campaign, and enqueued in one commit.
 */
@NullMarked
package dev.tidings.ingest;

import org.jspecify.annotations.NullMarked;
