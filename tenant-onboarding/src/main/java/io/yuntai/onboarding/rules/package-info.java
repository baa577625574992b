/**
 * What a bureau decides about the work of people and the terms of hosts, in versions: proposed by
 * one, approved by another, never changed.
 */
@NamedInterface("rules")
@NullMarked
@CheckReturnValue
package io.yuntai.onboarding.rules;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
