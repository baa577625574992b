/** Desired state, and the loop that makes the clusters follow it. */
@NamedInterface("reconcile")
@NullMarked
@CheckReturnValue
package io.yuntai.onboarding.reconcile;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
