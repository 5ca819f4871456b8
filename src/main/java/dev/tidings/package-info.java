/**
 * Tidings delivers feedback webhooks for API-triggered campaigns.
 *
 * <p>Both flows, in nine names:
 *
 * <pre>
 *   the platform                                                              the receiver
 *        │ POST /v1/feedback-events                                                ▲ POST, HTTPS
 *        ▼                                                                         │
 *  FeedbackEventResource.accept                    DispatchLoop.run          WebhookSender.send
 *        ▼                                               ▼                         ▲
 *     Ingest.accept                               DeliveryQueue.claim ─────────────┤
 *        ▼                                                                         ▼
 *  WebhookCache.match                                                      RetryPolicy.judge
 *        ▼                                                                         ▼
 *  DeliveryQueue.enqueue ═══════ one commit, PostgreSQL ═══════════════ DeliveryQueue.settle
 *        └────────── the hot path: straight from memory, after the commit ─────────┘
 * </pre>
 *
 * <p>The floors; an arrow may only point down, and never along a floor ({@code HouseTest} holds them):
 *
 * <pre>
 *  5  console   upkeep   telemetry        (nobody imports telemetry: it implements listener ports)
 *  4  ingest          dispatch            (never each other: they meet in the queue)
 *  3  queue           egress              (never each other)
 *  2  webhook         campaign
 *  1½ notice   secrets   audit            (how memory hears of other nodes' changes; secrets at rest; who did what)
 *  1  feedback        attempt             (java.* and jspecify only)
 *  ·  web: for every *Resource; imports nothing of ours above floor 1
 *  ·  embedded: the PostgreSQL that comes along; inbox: the receiver to play with. Both stand alone.
 * </pre>
 */
@NullMarked
package dev.tidings;

import org.jspecify.annotations.NullMarked;
