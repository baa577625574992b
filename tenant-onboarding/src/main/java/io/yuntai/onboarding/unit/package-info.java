/** Units (departments) and the people who act for them. */
@NamedInterface("unit")
@NullMarked
@CheckReturnValue
package io.yuntai.onboarding.unit;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
