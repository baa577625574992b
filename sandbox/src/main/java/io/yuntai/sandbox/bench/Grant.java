package io.yuntai.sandbox.bench;

import java.time.Instant;

/** A namespace was given more, and when: its limit has to follow. */
record Grant(Site site, long epoch, Instant at) {}
