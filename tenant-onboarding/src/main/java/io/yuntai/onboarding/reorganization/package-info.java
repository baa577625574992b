/**
 * Rearranging what is registered: moves of systems and units, dissolving a unit, splitting a pool.
 */
@NamedInterface("reorganization")
@NullMarked
@CheckReturnValue
package io.yuntai.onboarding.reorganization;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
