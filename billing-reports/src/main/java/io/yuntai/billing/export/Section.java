package io.yuntai.billing.export;

import java.util.List;

/**
 * A part of a printed report.
 *
 * @param name short: it names a sheet
 */
record Section(String name, String title, List<Block> blocks) {

    Section {
        blocks = List.copyOf(blocks);
    }
}
