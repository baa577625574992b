/** Signing in to the try-out: an identity provider in the same process, with the sample users. */
@NullMarked
@CheckReturnValue
package io.yuntai.sandbox.signin;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
