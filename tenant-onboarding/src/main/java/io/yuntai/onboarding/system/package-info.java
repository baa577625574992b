/** Business systems and their owners. */
@NamedInterface("system")
@NullMarked
@CheckReturnValue
package io.yuntai.onboarding.system;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
