package dev.tidings.attempt;

import java.time.Duration;

/**
 * Where a delivery stands when an attempt is judged.
 *
 * @param retries how many of the schedule's delays are used up; 0 after the first attempt
 * @param age time since the schedule began: since acceptance, or since the redelivery was asked for
 * @param mayMintAnew whether a 401 may be answered with a fresh token: the webhook has tokens, and the last attempt was not already so
 */
public record Standing(int retries, Duration age, boolean mayMintAnew) {}
