package io.yuntai.billing.metering;

import java.time.YearMonth;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What was measured of one host, hour by hour and sample by sample. */
@Service
public class MeteredHours {

    private final UsageStore usage;

    MeteredHours(UsageStore usage) {
        this.usage = usage;
    }

    /** The hours of a month as they count now, the first one first; at most 744. */
    @Transactional(readOnly = true)
    public List<UsageHour> of(MeteredHostId host, YearMonth month) {
        return usage.hours(host, month);
    }
}
