package io.yuntai.onboarding.unit;

import io.yuntai.onboarding.Columns;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Sort;
import io.yuntai.onboarding.region.RegionCode;
import io.yuntai.onboarding.unit.Contact.Account;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class UnitStore {

    /** A unit's row with what lists show of it; {@code and} more conditions. */
    private static final String ENTRIES =
            """
            select u.id, u.version, u.uscc, u.name, u.region, r.name as region_name, u.funding,
                   u.parent, u.dissolved_into,
                   (select count(*) from system_owner o
                    where o.unit = u.id and upper_inf(o.during)) as systems
            from unit u join region r on r.code = u.region
            where (cast(:unit as uuid) is null or u.id = cast(:unit as uuid))
            """;

    private static final String MATCHING =
            """
            and (u.name like :pattern or u.uscc like :pattern)
            and (cast(:region as text) is null or u.region in (
                with recursive inside(code) as (
                    select code from region where code = cast(:region as text)
                    union select r.code from region r join inside i on r.parent = i.code)
                select code from inside))
            """;

    private final JdbcClient jdbc;

    UnitStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Up to limit + 1 units from the cursor on. */
    List<UnitEntry> page(
            PageQuery query, Sort sort, Optional<UnitId> only, Optional<RegionCode> region) {
        var after = query.cursor().map(cursor -> cursor.keys(2));
        String from =
                """
                and (:first or (u.%1$s, u.id) %2$s (:key, cast(:id as uuid)))
                order by u.%1$s %3$s, u.id %3$s
                """
                        .formatted(
                                sort.field(),
                                sort.descending() ? "<" : ">",
                                sort.descending() ? "desc" : "asc");
        return jdbc.sql(ENTRIES + MATCHING + from + query.atMost())
                .param("unit", nullable(only))
                .param("pattern", query.pattern())
                .param("region", region.map(RegionCode::value).orElse(null))
                .param("first", after.isEmpty())
                .param("key", after.map(List::getFirst).orElse(""))
                .param(
                        "id",
                        after.map(List::getLast).orElse("00000000-0000-0000-0000-000000000000"))
                .query(UnitStore::entry)
                .list();
    }

    long count(PageQuery query, Optional<UnitId> only, Optional<RegionCode> region) {
        return jdbc.sql("select count(*) from (" + ENTRIES + MATCHING + ") as matching")
                .param("unit", nullable(only))
                .param("pattern", query.pattern())
                .param("region", region.map(RegionCode::value).orElse(null))
                .query(Long.class)
                .single();
    }

    Optional<UnitEntry> find(UnitId unit) {
        return jdbc.sql(ENTRIES).param("unit", unit.value()).query(UnitStore::entry).optional();
    }

    List<Contact> contacts(UnitId unit) {
        return jdbc.sql(
                        """
                        select name, phone, email, login, role from unit_contact
                        where unit = :unit order by name
                        """)
                .param("unit", unit.value())
                .query(UnitStore::contact)
                .list();
    }

    List<Unit> all() {
        return jdbc.sql(ENTRIES)
                .param("unit", null)
                .query((row, number) -> entry(row, number).unit())
                .list();
    }

    /** The contacts of every unit, by name within the unit. */
    Map<UnitId, Map<String, Contact>> allContacts() {
        var contacts = new LinkedHashMap<UnitId, Map<String, Contact>>();
        jdbc.sql("select unit, name, phone, email, login, role from unit_contact")
                .query(row -> {
                    var contact = contact(row, 0);
                    contacts.computeIfAbsent(
                                    new UnitId(row.getObject("unit", UUID.class)),
                                    _ -> new LinkedHashMap<>())
                            .put(contact.name(), contact);
                });
        return contacts;
    }

    Set<String> logins() {
        return new TreeSet<>(jdbc.sql("select login from person").query(String.class).list());
    }

    void insert(List<Unit> units, Instant at) {
        jdbc.sql(
                        """
                        insert into unit (id, uscc, name, region, funding, parent, created_at)
                        select *, :at from unnest(:ids::uuid[], :usccs::text[], :names::text[],
                                                  :regions::text[], :fundings::text[], :parents::uuid[])
                        """)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("ids", Columns.of(units, Unit::id))
                .param("usccs", Columns.of(units, Unit::uscc))
                .param("names", Columns.of(units, Unit::name))
                .param("regions", Columns.of(units, Unit::region))
                .param("fundings", Columns.of(units, Unit::funding))
                .param("parents", Columns.of(units, unit -> unit.parent().orElse(null)))
                .update();
    }

    void insertPersons(List<Person> persons) {
        jdbc.sql(
                        """
                        insert into person (id, login, name, unit)
                        select * from unnest(:ids::uuid[], :logins::text[], :names::text[], :units::uuid[])
                        """)
                .param("ids", Columns.of(persons, Person::id))
                .param("logins", Columns.of(persons, Person::login))
                .param("names", Columns.of(persons, Person::name))
                .param("units", Columns.of(persons, Person::unit))
                .update();
    }

    void insertContacts(List<UnitContact> contacts) {
        jdbc.sql(
                        """
                        insert into unit_contact (unit, name, phone, email, login, role)
                        select * from unnest(:units::uuid[], :names::text[], :phones::text[],
                                             :emails::text[], :logins::text[], :roles::text[])
                        """)
                .param("units", Columns.of(contacts, UnitContact::unit))
                .param("names", Columns.of(contacts, c -> c.contact().name()))
                .param("phones", Columns.of(contacts, c -> c.contact().phone()))
                .param("emails", Columns.of(contacts, c -> c.contact().email()))
                .param(
                        "logins",
                        Columns.of(
                                contacts,
                                c -> c.contact().account().map(Account::login).orElse(null)))
                .param(
                        "roles",
                        Columns.of(
                                contacts,
                                c -> c.contact().account().map(Account::role).orElse(null)))
                .update();
    }

    private static @Nullable UUID nullable(Optional<UnitId> unit) {
        return unit.map(UnitId::value).orElse(null);
    }

    private static Optional<UnitId> unit(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, UUID.class)).map(UnitId::new);
    }

    private static UnitEntry entry(ResultSet row, int number) throws SQLException {
        var unit =
                new Unit(
                        new UnitId(row.getObject("id", UUID.class)),
                        new UnifiedSocialCreditCode(row.getString("uscc")),
                        row.getString("name"),
                        new RegionCode(row.getString("region")),
                        row.getString("funding"),
                        unit(row, "parent"),
                        unit(row, "dissolved_into"));
        return new UnitEntry(
                unit, row.getInt("version"), row.getString("region_name"), row.getInt("systems"));
    }

    private static Contact contact(ResultSet row, int number) throws SQLException {
        String role = row.getString("role");
        Optional<Account> account =
                role == null
                        ? Optional.empty()
                        : Optional.of(
                                new Account(
                                        new Login(row.getString("login")), UnitRole.valueOf(role)));
        return new Contact(
                row.getString("name"), row.getString("phone"), row.getString("email"), account);
    }
}
