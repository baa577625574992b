/** Cloud hosts, from grant to destruction. */
@NamedInterface("host")
@NullMarked
@CheckReturnValue
package io.yuntai.onboarding.host;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
