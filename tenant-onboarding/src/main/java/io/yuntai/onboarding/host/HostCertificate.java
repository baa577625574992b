package io.yuntai.onboarding.host;

import java.time.Instant;

/**
 * States that a host was destroyed.
 *
 * @param number counts up over all hosts, with gaps at most
 * @param at when its cluster had it no more
 * @param content JSON: the host, its unit and system, its disks, who recycled and who destroyed it
 * @param digest SHA-256 of the content in UTF-8, in hexadecimal
 */
public record HostCertificate(
        long number, HostId host, Instant at, String content, String digest) {}
