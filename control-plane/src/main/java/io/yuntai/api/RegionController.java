package io.yuntai.api;

import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.region.RegionCode;
import io.yuntai.onboarding.region.Regions;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "register")
class RegionController {

    private final Regions regions;

    RegionController(Regions regions) {
        this.regions = regions;
    }

    /**
     * An administrative region.
     *
     * @param parent the region around it, if it is registered
     */
    record RegionView(RegionCode code, String name, Optional<RegionCode> parent) {}

    @GetMapping("/api/v1/regions")
    @Requires(Permission.REGISTER_READ)
    Page<RegionView> list(PageQuery query) {
        return regions.list(query)
                .map(region -> new RegionView(region.code(), region.name(), region.parent()));
    }
}
