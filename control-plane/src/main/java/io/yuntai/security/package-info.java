/** Sign-in, roles and permissions. */
@NullMarked
@CheckReturnValue
package io.yuntai.security;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
