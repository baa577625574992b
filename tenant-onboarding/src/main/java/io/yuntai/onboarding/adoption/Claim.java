package io.yuntai.onboarding.adoption;

import io.yuntai.onboarding.kubernetes.Occupied;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.BusinessSystem;

/** A namespace that a system shall have, as its cluster shows it. */
record Claim(Mapping mapping, BusinessSystem system, PoolId pool, Occupied found) {}
