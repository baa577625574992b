/** Tells whoever runs the server which part is down, and nobody why. */
@NullMarked
@CheckReturnValue
package io.yuntai.health;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
