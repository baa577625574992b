package io.yuntai.api;

import io.yuntai.billing.export.Wording;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;

/**
 * The texts of a printed report, with the register's names of regions.
 *
 * @param regions by GB/T 2260 code
 */
record ReportWording(MessageSource messages, Locale locale, Map<String, String> regions)
        implements Wording {

    ReportWording {
        regions = Map.copyOf(regions);
    }

    @Override
    public String text(String key, Object... arguments) {
        return messages.getMessage(key, arguments, locale);
    }

    @Override
    public String region(String code) {
        return regions.getOrDefault(code, code);
    }
}
