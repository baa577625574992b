package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;

/**
 * A namespace of a system may hold public addresses no more: what was approved of them was given up
 * or handed back. Announced in the transaction that does so.
 */
public record AddressesReturned(SystemId system, PoolId pool) {}
