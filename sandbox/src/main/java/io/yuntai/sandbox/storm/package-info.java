/** The lease protocol in a storm of seeded faults: production code on a played world. */
@NullMarked
@CheckReturnValue
package io.yuntai.sandbox.storm;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
