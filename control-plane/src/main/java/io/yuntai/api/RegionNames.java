package io.yuntai.api;

import static java.util.stream.Collectors.toMap;

import io.yuntai.billing.report.CityNames;
import io.yuntai.onboarding.region.Region;
import io.yuntai.onboarding.region.Regions;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What the register calls regions. One that is registered keeps its name. */
@Component
class RegionNames implements CityNames {

    private final Regions regions;

    RegionNames(Regions regions) {
        this.regions = regions;
    }

    /** By GB/T 2260 code. */
    @Override
    public Map<String, String> byCode() {
        return regions.all().stream().collect(toMap(region -> region.code().value(), Region::name));
    }
}
