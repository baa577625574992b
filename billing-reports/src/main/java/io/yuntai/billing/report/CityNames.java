package io.yuntai.billing.report;

import java.util.Map;

/** What the register calls cities; a report keeps the names of when it was published. */
@FunctionalInterface
public interface CityNames {

    /** By GB/T 2260 code. */
    Map<String, String> byCode();
}
