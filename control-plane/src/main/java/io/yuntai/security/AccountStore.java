package io.yuntai.security;

import io.yuntai.onboarding.unit.Login;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnitId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of roles. Reads persons and units too, for each request asks for all of it at once. */
@Repository
class AccountStore {

    private final JdbcClient jdbc;

    AccountStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Account> find(Login login) {
        return jdbc.sql(
                        """
                        select person.id, person.login, person.name, unit.id as unit_id, unit.name as unit_name,
                               array(select role from person_role
                                     where person_role.person = person.id order by role) as roles,
                               array(select distinct permission from person_role join role_permission using (role)
                                     where person_role.person = person.id) as permissions
                        from person left join unit on unit.id = person.unit
                        where person.login = :login
                        """)
                .param("login", login.value())
                .query((row, _) -> account(row))
                .optional();
    }

    Set<Permission> permissions(PersonId person) {
        return known(
                jdbc.sql(
                                """
                                select distinct permission
                                from person_role join role_permission using (role) where person = ?
                                """)
                        .param(person.value())
                        .query((row, _) -> row.getString("permission"))
                        .list());
    }

    /** People who have a permission, by name: of a unit, or of none. */
    List<Account.Colleague> with(Permission permission, Optional<UnitId> unit, int limit) {
        return jdbc.sql(
                        """
                        select id, name from person
                        where unit is not distinct from cast(:unit as uuid) and exists (
                            select from person_role join role_permission using (role)
                            where person_role.person = person.id and permission = :permission)
                        order by name, id limit :limit
                        """)
                .param("unit", unit.map(UnitId::value).orElse(null))
                .param("permission", permission.name())
                .param("limit", limit)
                .query((row, _) ->
                        new Account.Colleague(
                                new PersonId(row.getObject("id", UUID.class)),
                                row.getString("name")))
                .list();
    }

    List<PersonId> holding(String code, Optional<UnitId> unit) {
        return jdbc.sql(
                        """
                        select p.id from person p
                        where (cast(:unit as uuid) is null or p.unit = cast(:unit as uuid))
                          and exists (
                            select from person_role r where r.person = p.id and (r.role = :code
                                or exists (select from role_permission g
                                           where g.role = r.role and g.permission = :code)))
                        order by p.id
                        """)
                .param("unit", unit.map(UnitId::value).orElse(null))
                .param("code", code)
                .query((row, _) -> new PersonId(row.getObject("id", UUID.class)))
                .list();
    }

    void grant(PersonId person, Role role) {
        var _ =
                jdbc.sql(
                                """
                                insert into person_role (person, role) values (:person, :role)
                                on conflict do nothing
                                """)
                        .param("person", person.value())
                        .param("role", role.code())
                        .update();
    }

    /** Adds a person who belongs to no unit; one with this login stays as he is. */
    void addPerson(PersonId id, Login login, String name) {
        var _ =
                jdbc.sql(
                                """
                                insert into person (id, login, name) values (:id, :login, :name)
                                on conflict (login) do nothing
                                """)
                        .param("id", id.value())
                        .param("login", login.value())
                        .param("name", name)
                        .update();
    }

    private static Account account(ResultSet row) throws SQLException {
        var unit = row.getObject("unit_id", UUID.class);
        return new Account(
                new PersonId(row.getObject("id", UUID.class)),
                new Login(row.getString("login")),
                row.getString("name"),
                unit == null
                        ? Optional.empty()
                        : Optional.of(
                                new Account.OwnUnit(new UnitId(unit), row.getString("unit_name"))),
                texts(row.getArray("roles")).stream().map(Role::new).toList(),
                known(texts(row.getArray("permissions"))));
    }

    /** A row may name a permission of a newer version: here it gives nothing. */
    private static Set<Permission> known(List<String> names) {
        var permissions = EnumSet.noneOf(Permission.class);
        for (var permission : Permission.values()) {
            if (names.contains(permission.name())) {
                permissions.add(permission);
            }
        }
        return permissions;
    }

    private static List<String> texts(Array array) throws SQLException {
        return Arrays.asList((String[]) array.getArray());
    }
}
