/** The try-out: everything that stands in for a city. */
@NullMarked
@CheckReturnValue
package io.yuntai.sandbox;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
