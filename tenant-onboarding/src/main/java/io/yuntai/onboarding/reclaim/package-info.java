/** Reclaim and shrink orders: from what is said of a host by its use to what became of it. */
@NamedInterface("reclaim")
@NullMarked
@CheckReturnValue
package io.yuntai.onboarding.reclaim;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
