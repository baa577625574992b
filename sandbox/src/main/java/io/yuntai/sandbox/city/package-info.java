/** Sample cities: the same at every start, and handed in as a bureau hands in its own. */
@NullMarked
@CheckReturnValue
package io.yuntai.sandbox.city;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
