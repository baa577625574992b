package io.yuntai.onboarding.application;

import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.PersonId;
import java.time.Instant;

/**
 * The last approval has granted a system public addresses in a pool. Announced in its transaction.
 *
 * @param application its number
 * @param by whoever has applied for them
 */
public record AddressesGranted(
        SystemId system, PoolId pool, String application, PersonId by, Instant at) {}
