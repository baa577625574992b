/** The try-out: a whole installation on one machine, with a sample city in it. */
@NullMarked
@CheckReturnValue
package io.yuntai.sandbox.tryout;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
