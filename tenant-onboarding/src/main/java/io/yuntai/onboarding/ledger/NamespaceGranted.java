package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.Amounts;

/**
 * Another amount is granted to a namespace for its containers. Published inside the transaction
 * that notes it.
 *
 * @param beyondHosts the most that its lease grows to, less what of that its hosts have
 */
public record NamespaceGranted(LeaseId id, SystemId system, Amounts beyondHosts) {}
