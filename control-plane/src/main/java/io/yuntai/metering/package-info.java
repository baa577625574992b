/**
 * Tells billing what onboarding did, and the audit what billing did: the one place where they meet.
 */
@NullMarked
@CheckReturnValue
package io.yuntai.metering;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
