/** Usage records: what hosts really used, by the hour. */
@NamedInterface("metering")
@NullMarked
@CheckReturnValue
package io.yuntai.billing.metering;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
