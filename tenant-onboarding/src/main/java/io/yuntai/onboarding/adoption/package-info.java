/** Taking over what ran before we came: by a file that says whose it is. */
@NamedInterface("adoption")
@NullMarked
@CheckReturnValue
package io.yuntai.onboarding.adoption;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
