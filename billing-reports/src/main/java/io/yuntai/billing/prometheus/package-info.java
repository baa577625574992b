/**
 * Measured use from a Prometheus, or whatever else answers its HTTP API: Thanos, Mimir,
 * VictoriaMetrics.
 */
@NullMarked
@CheckReturnValue
package io.yuntai.billing.prometheus;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
