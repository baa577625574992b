package io.yuntai.onboarding.register;

import static io.yuntai.onboarding.register.RegisterTable.CONTACTS;
import static io.yuntai.onboarding.register.RegisterTable.SYSTEMS;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.region.Zone;
import io.yuntai.onboarding.register.Known.Additions;
import io.yuntai.onboarding.register.Reader.Seen;
import io.yuntai.onboarding.system.BusinessSystem;
import io.yuntai.onboarding.system.SystemCode;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.Contact;
import io.yuntai.onboarding.unit.Contact.Account;
import io.yuntai.onboarding.unit.Login;
import io.yuntai.onboarding.unit.Unit;
import io.yuntai.onboarding.unit.UnitContact;
import io.yuntai.onboarding.unit.UnitRole;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads what belongs to units: contacts and systems, then has the quota read. Pure. */
final class DependentReader {

    private final Sheets sheets;
    private final Known known;
    private final Additions added;
    private final Instant at;

    DependentReader(Sheets sheets, Known known, Additions added, Instant at) {
        this.sheets = sheets;
        this.known = known;
        this.added = added;
        this.at = at;
    }

    void read() {
        contacts();
        systems();
        new QuotaReader(sheets, known, added).read();
    }

    private void contacts() {
        var seen = new Seen();
        var seenLogins = new Seen();
        for (SheetRow row : sheets.rows(CONTACTS)) {
            var unit = known.unit(row, "unit");
            String name = row.text("name");
            if (!row.text("phone").isEmpty() && !Contact.isPhone(row.text("phone"))) {
                row.fault("phone", "PHONE");
            }
            if (!row.text("email").isEmpty() && !Contact.isEmail(row.text("email"))) {
                row.fault("email", "EMAIL");
            }
            var account = account(row);
            if (!name.isEmpty()) {
                seen.check(row, "name", List.of(row.raw("unit").toUpperCase(Locale.ROOT), name));
            }
            account.ifPresent(a -> seenLogins.check(row, "login", a.login()));
            if (unit.isPresent() && row.isSound()) {
                contact(
                        row,
                        unit.get(),
                        new Contact(name, row.text("phone"), row.text("email"), account));
            }
        }
    }

    private static Optional<Account> account(SheetRow row) {
        var login = row.value("login", "LOGIN", Login::new);
        var role = row.value("role", "ROLE", text -> UnitRole.valueOf(text));
        if (row.raw("login").isEmpty() != row.raw("role").isEmpty()) {
            row.fault(row.raw("login").isEmpty() ? "login" : "role", "MISSING");
        }
        return login.flatMap(l -> role.map(r -> new Account(l, r)));
    }

    private void contact(SheetRow row, Unit unit, Contact contact) {
        var there = known.contacts.getOrDefault(unit.id(), Map.of()).get(contact.name());
        if (there != null) {
            if (!there.equals(contact)) {
                row.fault("EXISTS_WITH_OTHER_CONTENT");
            }
        } else if (contact.account().isPresent()
                && known.logins.contains(contact.account().get().login().value())) {
            row.fault("login", "LOGIN_TAKEN");
        } else {
            added.contacts.add(new UnitContact(unit.id(), contact));
        }
    }

    private void systems() {
        var seen = new Seen();
        for (SheetRow row : sheets.rows(SYSTEMS)) {
            var code = row.value("code", "SYSTEM_CODE", SystemCode::new);
            var unit = known.unit(row, "unit");
            var zone = row.value("zone", "ZONE_CODE", Zone::new);
            if (zone.isPresent() && !known.hasPoolIn(zone.get())) {
                row.fault("zone", "UNKNOWN_ZONE");
            }
            var xinchuang = row.value("xinchuang", "YES_OR_NO", DependentReader::yesOrNo);
            var level = row.value("mlpsLevel", "MLPS_LEVEL", DependentReader::level);
            code.ifPresent(c -> seen.check(row, "code", c));
            if (code.isEmpty() || unit.isEmpty() || zone.isEmpty() || !row.isSound()) {
                continue;
            }
            var there = Optional.ofNullable(known.systems.get(code.get()));
            var system =
                    new BusinessSystem(
                            there.map(BusinessSystem::id)
                                    .orElseGet(() ->
                                            new SystemId(UuidCreator.getTimeOrderedEpoch(at))),
                            code.get(),
                            row.text("name"),
                            unit.get().id(),
                            zone.get(),
                            xinchuang.orElseThrow(),
                            level.orElseThrow(),
                            row.text("mlpsFiling"),
                            row.text("builder"));
            if (there.isEmpty()) {
                known.systems.put(system.code(), system);
                added.systems.add(system);
            } else if (!there.get().equals(system)) {
                row.fault("EXISTS_WITH_OTHER_CONTENT");
            }
        }
    }

    private static boolean yesOrNo(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "yes", "true", "1" -> true;
            case "no", "false", "0" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static int level(String text) {
        int level = Integer.parseInt(text);
        if (level < 1 || level > 5) {
            throw new IllegalArgumentException(text);
        }
        return level;
    }
}
