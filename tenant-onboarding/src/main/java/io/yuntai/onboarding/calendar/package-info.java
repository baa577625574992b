/** Which days are working days, and how deadlines are counted by them. */
@NamedInterface("calendar")
@NullMarked
@CheckReturnValue
package io.yuntai.onboarding.calendar;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
