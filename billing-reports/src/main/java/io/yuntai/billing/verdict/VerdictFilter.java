package io.yuntai.billing.verdict;

import io.yuntai.billing.metering.PartyId;
import java.util.Optional;

/** Which hosts of a day are asked for. */
public record VerdictFilter(Optional<PartyId> unit, Optional<Verdict> verdict) {}
