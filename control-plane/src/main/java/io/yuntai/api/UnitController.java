package io.yuntai.api;

import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.region.RegionCode;
import io.yuntai.onboarding.unit.Contact;
import io.yuntai.onboarding.unit.UnifiedSocialCreditCode;
import io.yuntai.onboarding.unit.UnitEntry;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.onboarding.unit.Units;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/units")
@Tag(name = "register")
class UnitController {

    private final Units units;

    UnitController(Units units) {
        this.units = units;
    }

    record OfRegion(RegionCode code, String name) {}

    /**
     * A unit.
     *
     * @param systems how many systems it owns today
     * @param parent the unit that it is a part of
     * @param dissolvedInto who has what it had, when it is no more
     */
    record UnitView(
            UnitId id,
            String name,
            UnifiedSocialCreditCode uscc,
            OfRegion region,
            Optional<String> funding,
            int systems,
            Optional<UnitId> parent,
            Optional<UnitId> dissolvedInto) {

        static UnitView of(UnitEntry entry) {
            var unit = entry.unit();
            return new UnitView(
                    unit.id(),
                    unit.name(),
                    unit.uscc(),
                    new OfRegion(unit.region(), entry.regionName()),
                    Texts.filled(unit.funding()),
                    entry.systems(),
                    unit.parent(),
                    unit.dissolvedInto());
        }
    }

    /** A unit with whom to call there. */
    record UnitWithContacts(
            UnitId id,
            String name,
            UnifiedSocialCreditCode uscc,
            OfRegion region,
            Optional<String> funding,
            int systems,
            Optional<UnitId> parent,
            Optional<UnitId> dissolvedInto,
            List<ContactView> contacts) {}

    record ContactView(String name, String phone, String email) {

        static ContactView of(Contact contact) {
            return new ContactView(contact.name(), contact.phone(), contact.email());
        }
    }

    @GetMapping
    @Requires(Permission.REGISTER_READ)
    Page<UnitView> list(Actor actor, PageQuery query, @RequestParam Optional<RegionCode> region) {
        return units.list(actor, query, region).map(UnitView::of);
    }

    @GetMapping("/{id}")
    @Requires(Permission.REGISTER_READ)
    ResponseEntity<UnitWithContacts> get(Actor actor, @PathVariable UnitId id) {
        var entry = units.get(actor, id);
        var unit = UnitView.of(entry);
        return ResponseEntity.ok()
                .eTag(new Version(entry.version()).etag())
                .body(
                        new UnitWithContacts(
                                unit.id(),
                                unit.name(),
                                unit.uscc(),
                                unit.region(),
                                unit.funding(),
                                unit.systems(),
                                unit.parent(),
                                unit.dissolvedInto(),
                                units.contacts(actor, id).stream().map(ContactView::of).toList()));
    }
}
