/** Tenants of the cloud: who acts, and what the rest of onboarding shares. */
@NullMarked
@CheckReturnValue
package io.yuntai.onboarding;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
