package io.yuntai.notice;

import io.yuntai.onboarding.Notice;
import java.util.Optional;

/**
 * Which notices are asked for.
 *
 * @param unread only those that were not read
 */
public record NoticeFilter(boolean unread, Optional<Notice.Kind> kind) {}
