/** The port to member clusters, and its implementation over Fabric8. */
@NamedInterface("kubernetes")
@NullMarked
@CheckReturnValue
package io.yuntai.onboarding.kubernetes;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
