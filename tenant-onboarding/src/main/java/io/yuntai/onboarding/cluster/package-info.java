/** Member clusters as people register, watch and empty them. */
@NamedInterface("cluster")
@NullMarked
@CheckReturnValue
package io.yuntai.onboarding.cluster;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
