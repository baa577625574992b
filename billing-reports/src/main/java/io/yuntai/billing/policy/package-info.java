/**
 * Policies that bureaus replace by their own: proposed by one, approved by another, never changed.
 */
@NamedInterface("policy")
@NullMarked
@CheckReturnValue
package io.yuntai.billing.policy;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
