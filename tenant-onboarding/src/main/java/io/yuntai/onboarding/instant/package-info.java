/** Instant approval: rules that pass small applications, their evidence and their audit. */
@NamedInterface("instant")
@NullMarked
@CheckReturnValue
package io.yuntai.onboarding.instant;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
