package io.yuntai.notice;

import java.util.UUID;

/**
 * What a person has not read.
 *
 * @param count how many notices
 * @param latest the latest of them
 */
public record Unread(long count, UUID latest) {}
