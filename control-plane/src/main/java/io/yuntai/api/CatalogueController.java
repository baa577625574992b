package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.host.CatalogueRef;
import io.yuntai.onboarding.host.Gpus;
import io.yuntai.onboarding.host.HostCatalogue;
import io.yuntai.onboarding.host.HostImage;
import io.yuntai.onboarding.host.HostSize;
import io.yuntai.onboarding.kubernetes.ResourceTable;
import io.yuntai.onboarding.region.ProcessorFamily;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Sizes and images that hosts can be applied for. */
@RestController
@RequestMapping("/api/v1/catalogue")
@Tag(name = "catalogue")
class CatalogueController {

    private static final Pattern MODEL = Pattern.compile("[a-z0-9][a-z0-9.-]{0,31}");

    private final HostCatalogue catalogue;
    private final ResourceTable table;
    private final Trial trial;

    CatalogueController(HostCatalogue catalogue, ResourceTable table, Trial trial) {
        this.table = table;
        this.catalogue = catalogue;
        this.trial = trial;
    }

    @Schema(name = "HostSizes")
    record SizeList(List<HostSize> items) {}

    @Schema(name = "HostImages")
    record ImageList(List<HostImage> items) {}

    /**
     * A size as it is handed in.
     *
     * @param version the version that the caller saw; 0 for a new one
     */
    @Schema(name = "HostSizeBody")
    record SizeBody(
            Optional<Integer> version,
            Optional<String> name,
            Optional<Integer> vcpu,
            Optional<Integer> memoryGib,
            Optional<String> gpuModel,
            Optional<Integer> gpus,
            Optional<ProcessorFamily> processor,
            boolean retired) {

        HostSize size(String code, ResourceTable table) {
            var faults = new ArrayList<Fault>();
            int next = next(code, version, faults);
            String text = Typed.line(name, "/name", HostSize.MAX_NAME, faults);
            int processors = within(vcpu, "/vcpu", 1, HostSize.MAX_VCPU, faults);
            int memory = within(memoryGib, "/memoryGib", 1, HostSize.MAX_MEMORY_GIB, faults);
            int count = gpus.isEmpty() ? 0 : within(gpus, "/gpus", 0, Gpus.MOST, faults);
            if (count > 0 && gpuModel.filter(m -> MODEL.matcher(m).matches()).isEmpty()) {
                faults.add(Fault.at("/gpuModel", "NOT_READABLE"));
            } else if (count > 0 && !table.isDevice(Gpus.resource(gpuModel.orElseThrow()))) {
                faults.add(Fault.at("/gpuModel", "UNKNOWN_RESOURCE"));
            }
            refuse(faults);
            return new HostSize(
                    new CatalogueRef(code, next),
                    text,
                    processors,
                    memory,
                    count == 0 ? Optional.empty() : gpuModel.map(m -> new Gpus(m, count)),
                    processor,
                    retired);
        }
    }

    /**
     * An image as it is handed in.
     *
     * @param version the version that the caller saw; 0 for a new one
     */
    @Schema(name = "HostImageBody")
    record ImageBody(
            Optional<Integer> version,
            Optional<String> name,
            Optional<String> os,
            Optional<HostImage.Family> family,
            Optional<HostImage.Source> source,
            Optional<String> location,
            Optional<Integer> minimumDiskGib,
            boolean retired) {

        /** A reference of a container registry: no scheme, no blank, no quotation mark. */
        private static final Pattern REFERENCE =
                Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._:/@-]{0,498}");

        private static final Pattern ADDRESS =
                Pattern.compile("https?://[a-zA-Z0-9][a-zA-Z0-9._:/@%?=&+-]{0,480}");

        HostImage image(String code) {
            var faults = new ArrayList<Fault>();
            int next = next(code, version, faults);
            String text = Typed.line(name, "/name", HostImage.MAX_NAME, faults);
            String system = Typed.line(os, "/os", HostImage.MAX_NAME, faults);
            if (family.isEmpty()) {
                faults.add(Fault.at("/family", "REQUIRED"));
            }
            if (source.isEmpty()) {
                faults.add(Fault.at("/source", "REQUIRED"));
            }
            var place =
                    source.orElse(HostImage.Source.HTTP) == HostImage.Source.HTTP
                            ? ADDRESS
                            : REFERENCE;
            String from = Typed.line(location, "/location", HostImage.MAX_LOCATION, faults);
            if (!from.isEmpty() && !place.matcher(from).matches()) {
                faults.add(Fault.at("/location", "NOT_READABLE"));
            }
            int disk = within(minimumDiskGib, "/minimumDiskGib", 1, HostImage.MAX_DISK_GIB, faults);
            refuse(faults);
            return new HostImage(
                    new CatalogueRef(code, next),
                    text,
                    system,
                    family.orElseThrow(),
                    source.orElseThrow(),
                    from,
                    disk,
                    retired);
        }
    }

    /** Every size in its latest version, by code; also those that are retired. */
    @GetMapping("/sizes")
    @Requires(Permission.HOST_READ)
    SizeList sizes() {
        return new SizeList(catalogue.sizes());
    }

    /** Every image in its latest version, by code; also those that are retired. */
    @GetMapping("/images")
    @Requires(Permission.HOST_READ)
    ImageList images() {
        return new ImageList(catalogue.images());
    }

    /** Enters a size, or its next version. */
    @PutMapping("/sizes/{code}")
    @Requires(Permission.CATALOGUE_EDIT)
    @AuditAction(value = "catalogue.size", target = "size")
    HostSize size(
            Actor actor,
            @PathVariable String code,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody SizeBody body) {
        var size = body.size(code, table);
        return trial.run(validateOnly, () -> catalogue.save(actor, size));
    }

    /** Enters an image, or its next version. */
    @PutMapping("/images/{code}")
    @Requires(Permission.CATALOGUE_EDIT)
    @AuditAction(value = "catalogue.image", target = "image")
    HostImage image(
            Actor actor,
            @PathVariable String code,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody ImageBody body) {
        var image = body.image(code);
        return trial.run(validateOnly, () -> catalogue.save(actor, image));
    }

    private static int next(String code, Optional<Integer> version, List<Fault> faults) {
        if (!CatalogueRef.isCode(code)) {
            faults.add(Fault.at("/code", "NOT_READABLE"));
        }
        return within(version, "/version", 0, Integer.MAX_VALUE - 1, faults) + 1;
    }

    private static int within(
            Optional<Integer> value, String pointer, int least, int most, List<Fault> faults) {
        if (value.isEmpty()) {
            faults.add(Fault.at(pointer, "REQUIRED"));
        } else if (value.get() < least || value.get() > most) {
            faults.add(Fault.at(pointer, "OUT_OF_RANGE", least, most));
        }
        return value.orElse(least);
    }

    private static void refuse(List<Fault> faults) {
        if (!faults.isEmpty()) {
            throw Refused.invalid("INVALID", faults);
        }
    }
}
