package io.yuntai.sandbox.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;

/** What must hold on any page of the console, in either language. */
final class PageCheck {

    /** Text that is the key of a message: it has dots, and no file's ending. */
    private static final String RAW_KEYS =
            """
            () => {
              const found = [];
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (walker.nextNode()) {
                const text = walker.currentNode.textContent.trim();
                const shown = walker.currentNode.parentElement.checkVisibility();
                if (shown && /^[a-z]+(\\.[a-zA-Z_]+)+$/.test(text) && !/\\.(xlsx|csv|zip)$/.test(text)) {
                  found.push(text);
                }
              }
              return found;
            }
            """;

    private static final String OVERFLOW =
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth";

    /** Tables of which a part can only be seen by scrolling sideways. */
    private static final String CUT_OFF =
            """
            () => [...document.querySelectorAll('.ant-table-content, .ant-table-body')]
              .filter(box => box.checkVisibility() && box.scrollWidth > box.clientWidth + 1)
              .map(box => box.scrollWidth + ' > ' + box.clientWidth)
            """;

    /** Of each chart, how many of its pixels are in a strong colour: those of its bars. */
    private static final String BARS =
            """
            () => [...document.querySelectorAll('canvas')].map(canvas => {
              const { data } = canvas.getContext('2d')
                .getImageData(0, 0, canvas.width, canvas.height);
              let strong = 0;
              for (let i = 0; i < data.length; i += 4) {
                const most = Math.max(data[i], data[i + 1], data[i + 2]);
                const least = Math.min(data[i], data[i + 1], data[i + 2]);
                if (data[i + 3] > 200 && most - least > 60) strong++;
              }
              return strong;
            })
            """;

    /** Chinese where only the console itself speaks, not the register. */
    private static final String CHINESE_WORDS =
            """
            () => document.documentElement.lang !== 'en' ? [] : [...document.querySelectorAll(
                'h2, th, label, nav:not(.ant-breadcrumb) a, .ant-card-head-title, .ant-tabs-tab, .ant-steps-item-title,'
                + ' .ant-tag, .banner, main .ant-btn, .ant-modal-title')]
              .filter(element => element.checkVisibility())
              .map(element => element.textContent)
              .filter(text => /[\\u4e00-\\u9fff]/.test(text))
            """;

    private final Page page;

    PageCheck(Page page) {
        this.page = page;
    }

    void assertSound(String name) {
        assertThat((List<?>) page.evaluate(RAW_KEYS)).as("raw keys on " + name).isEmpty();
        assertThat((int) page.evaluate(OVERFLOW)).as("overflow of " + name).isZero();
        assertThat((List<?>) page.evaluate(CUT_OFF)).as("tables on " + name).isEmpty();
        assertThat((List<?>) page.evaluate(BARS))
                .as("charts on " + name)
                .allSatisfy(strong -> assertThat((int) strong).isGreaterThan(1000));
        assertThat((List<?>) page.evaluate(CHINESE_WORDS)).as("Chinese words on " + name).isEmpty();
    }

    /** Of the whole page, in pixels, but no more than this. */
    static int height(Page page, int most) {
        return Math.min(most, (int) page.evaluate("() => document.documentElement.scrollHeight"));
    }
}
