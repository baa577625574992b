/** Reports as files. */
@NamedInterface("export")
@NullMarked
@CheckReturnValue
package io.yuntai.billing.export;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
