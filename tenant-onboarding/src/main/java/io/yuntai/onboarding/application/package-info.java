/** Applications: the workflow from draft to delivered. */
@NamedInterface("application")
@NullMarked
@CheckReturnValue
package io.yuntai.onboarding.application;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
