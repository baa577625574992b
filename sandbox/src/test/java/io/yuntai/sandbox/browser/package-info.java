/** A real Chromium on the try-out's pages, and the pictures that it takes of them. */
@NullMarked
package io.yuntai.sandbox.browser;

import org.jspecify.annotations.NullMarked;
