/** What the namespaces of systems hold, what they were granted, and what was put right in them. */
@NamedInterface("namespace")
@NullMarked
@CheckReturnValue
package io.yuntai.onboarding.namespace;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
