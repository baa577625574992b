/** What people are told: kept in the database, shown in the console, sent by mail and webhook. */
@NullMarked
@CheckReturnValue
package io.yuntai.notice;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
