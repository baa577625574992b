/** Administrative regions, network zones and resource pools. */
@NamedInterface("region")
@NullMarked
@CheckReturnValue
package io.yuntai.onboarding.region;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
