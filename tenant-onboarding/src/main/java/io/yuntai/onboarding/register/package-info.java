/** The bureau's register: import of regions, units, systems and quota. */
@NamedInterface("register")
@NullMarked
@CheckReturnValue
package io.yuntai.onboarding.register;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
