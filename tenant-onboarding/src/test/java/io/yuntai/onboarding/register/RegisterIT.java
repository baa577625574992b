package io.yuntai.onboarding.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Actor.Scope;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Cursor;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.Sort;
import io.yuntai.onboarding.region.RegionCode;
import io.yuntai.onboarding.region.Regions;
import io.yuntai.onboarding.register.ImportOutcome.Faulty;
import io.yuntai.onboarding.register.ImportOutcome.Imported;
import io.yuntai.onboarding.register.ImportOutcome.Repeated;
import io.yuntai.onboarding.register.RegisterImport.Counts;
import io.yuntai.onboarding.system.SystemFilter;
import io.yuntai.onboarding.system.Systems;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.PersonRegistered;
import io.yuntai.onboarding.unit.Unit;
import io.yuntai.onboarding.unit.UnitRole;
import io.yuntai.onboarding.unit.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegisterIT {

    private static final String DIGEST = "a".repeat(64);
    private static final Actor BUREAU =
            new Actor(PersonId.of("01990000-0000-7000-8000-000000000001"), "数据局", new Scope.All());

    private static RegisterContext context;

    private Registers registers;
    private Units units;
    private Systems systems;

    @BeforeAll
    static void start() throws Exception {
        context = RegisterContext.start();
    }

    @AfterAll
    static void stop() throws Exception {
        context.close();
    }

    @BeforeEach
    void empty() {
        context.empty();
        context.jdbc()
                .sql("insert into person (id, login, name) values (:id, 'bureau', '数据局')")
                .param("id", BUREAU.person().value())
                .update();
        registers = context.get(Registers.class);
        units = context.get(Units.class);
        systems = context.get(Systems.class);
    }

    private ImportOutcome importing(Files file) {
        return importing(new ImportId(UUID.randomUUID()), file, false);
    }

    private ImportOutcome importing(ImportId id, Files file, boolean validateOnly) {
        return registers.importRegister(BUREAU, id, "江门.xlsx", DIGEST, file.tables(), validateOnly);
    }

    private List<String> codes(Files file) {
        return switch (importing(file)) {
            case Imported(var done) -> List.of();
            case Repeated(var done) -> List.of();
            case Faulty(var faults, int count) -> faults.stream().map(RegisterFault::code).toList();
        };
    }

    private Unit police() {
        return units.all().stream()
                .filter(unit -> unit.uscc().value().equals(Files.POLICE))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everythingInASoundFileIsThereAfterwards() {
        assertThat(importing(Files.sound()))
                .isInstanceOfSatisfying(
                        Imported.class,
                        imported ->
                                assertThat(imported.done().counts())
                                        .isEqualTo(new Counts(2, 1, 2, 2, 2, 2)));
        assertThat(context.get(Regions.class).all()).hasSize(2);
        assertThat(units.contacts(BUREAU, police().id()))
                .singleElement()
                .satisfies(contact -> assertThat(contact.email()).isEqualTo("zhang@example.cn"));
        assertThat(context.events(PersonRegistered.class))
                .singleElement()
                .satisfies(person -> {
                    assertThat(person.login().value()).isEqualTo("staff");
                    assertThat(person.role()).isEqualTo(UnitRole.UNIT_STAFF);
                });
        assertThat(context.events(Audited.class))
                .singleElement()
                .satisfies(audited -> {
                    assertThat(audited.action()).isEqualTo("register.import");
                    assertThat(audited.outcome()).isEqualTo(Audited.Outcome.SUCCESS);
                });
        assertThat(registers.list(PageQuery.FIRST).items())
                .singleElement()
                .satisfies(done -> assertThat(done.importerName()).isEqualTo("数据局"));
    }

    @Test
    void eachSystemGetsItsPlaceInThePoolsOfItsUnitThatSuitIt() {
        var file =
                Files.sound()
                        .row("pools", "extranet", "domestic", "100", "200", "", "", "50")
                        .row("pools", "internet", "ordinary", "100", "200", "", "", "50")
                        .row("quotas", Files.POLICE, "extranet-domestic", "10", "", "", "", "")
                        .row("quotas", Files.POLICE, "internet-ordinary", "10", "", "", "", "")
                        .with("systems", 2, "xinchuang", "yes");
        assertThat(codes(file)).isEmpty();
        assertThat(
                        context.jdbc()
                                .sql(
                                        """
                                        select s.code || ' ' || n.pool from quota_node n
                                        join system s on s.id = n.system order by 1
                                        """)
                                .query(String.class)
                                .list())
                .containsExactly(
                        "police-cases extranet-domestic", "schools-admission extranet-ordinary");
        assertThat(
                        context.jdbc()
                                .sql(
                                        """
                                        select sum(a.guaranteed) from quota_account a
                                        join quota_node n on n.id = a.node
                                        where n.kind = 'UNIT' and a.resource = 'cpuMillis'
                                        """)
                                .query(Long.class)
                                .single())
                .isEqualTo(120_000L);
    }

    @Test
    void aFaultyFileChangesNothing() {
        var before = context.everything();
        assertThat(codes(Files.sound().with("quotas", 3, "cpu", "-1"))).containsExactly("NEGATIVE");
        assertThat(context.everything()).isEqualTo(before);
        assertThat(context.events(Audited.class))
                .extracting(Audited::outcome)
                .containsExactly(Audited.Outcome.FAILURE);
    }

    @Test
    void validatingAnswersTheSameAndChangesNothing() {
        var before = context.everything();
        var id = new ImportId(UUID.randomUUID());
        assertThat(importing(id, Files.sound(), true)).isInstanceOf(Imported.class);
        assertThat(context.everything()).isEqualTo(before);
        assertThat(importing(id, Files.sound(), false)).isInstanceOf(Imported.class);
    }

    @Test
    void theSameIdWithTheSameFileGivesTheFirstAnswerAndWithAnotherIsRefused() {
        var id = new ImportId(UUID.randomUUID());
        var first = (Imported) importing(id, Files.sound(), false);
        assertThat(importing(id, Files.sound(), false)).isEqualTo(new Repeated(first.done()));
        assertThatThrownBy(() ->
                        registers.importRegister(
                                BUREAU,
                                id,
                                "江门.xlsx",
                                "b".repeat(64),
                                Files.sound().tables(),
                                false))
                .isInstanceOfSatisfying(
                        Refused.class, e -> assertThat(e.code()).isEqualTo("ID_REUSED"));
    }

    @Test
    void theSameFileUnderAnotherIdAddsNothing() {
        assertThat(codes(Files.sound())).isEmpty();
        var before = context.everything();
        assertThat(importing(Files.sound()))
                .isInstanceOfSatisfying(
                        Imported.class,
                        again ->
                                assertThat(again.done().counts())
                                        .isEqualTo(new Counts(0, 0, 0, 0, 0, 0)));
        assertThat(context.everything()).isEqualTo(before);
    }

    @Test
    void whatIsThereWithOtherContentIsAFaultInEachTable() {
        assertThat(codes(Files.sound())).isEmpty();
        var changed =
                Files.sound()
                        .with("regions", 3, "name", "蓬江")
                        .with("pools", 2, "cpu", "101")
                        .with("units", 2, "funding", "自筹")
                        .with("contacts", 3, "phone", "110")
                        .with("systems", 3, "mlpsLevel", "3")
                        .with("quotas", 3, "hosts", "19");
        assertThat(codes(changed)).hasSize(6).containsOnly("EXISTS_WITH_OTHER_CONTENT");
    }

    @Test
    void aLaterFileAddsToWhatIsThere() {
        assertThat(codes(Files.sound().with("quotas", 2, "cpu", "50"))).isEmpty();
        var later =
                new Files()
                        .row("units", Files.uscc("11440700006900003"), "江门市财政局", "440700", "")
                        .row(
                                "systems",
                                "budget",
                                "预算系统",
                                Files.POLICE,
                                "extranet",
                                "no",
                                "2",
                                "",
                                "")
                        .row(
                                "quotas",
                                Files.uscc("11440700006900003"),
                                "extranet-ordinary",
                                "10",
                                "",
                                "",
                                "",
                                "");
        assertThat(codes(later)).isEmpty();
        var more =
                new Files()
                        .row("units", Files.uscc("11440700006900004"), "江门市民政局", "440700", "")
                        .row(
                                "quotas",
                                Files.uscc("11440700006900004"),
                                "extranet-ordinary",
                                "1",
                                "",
                                "",
                                "",
                                "");
        assertThat(codes(more)).containsExactly("OVER_POOL_CAPACITY");
    }

    @Test
    void namesAndLoginsOfTheRegisterAreTaken() {
        assertThat(codes(Files.sound())).isEmpty();
        String other = Files.uscc("11440700006900009");
        assertThat(codes(new Files().row("units", other, "江门市公安局", "440700", "")))
                .containsExactly("NAME_TAKEN");
        var contact =
                new Files()
                        .row(
                                "contacts",
                                Files.SCHOOLS,
                                "王五",
                                "110",
                                "w@example.cn",
                                "bureau",
                                "UNIT_STAFF");
        assertThat(codes(contact)).containsExactly("LOGIN_TAKEN");
    }

    @Test
    void ofTwoRacingImportsTheSecondSeesTheFirst() throws Exception {
        try (var pool = Executors.newFixedThreadPool(4)) {
            var racing = new ArrayList<java.util.concurrent.Future<ImportOutcome>>();
            for (int i = 0; i < 4; i++) {
                racing.add(pool.submit(() -> importing(Files.sound())));
            }
            int added = 0;
            for (var one : racing) {
                added += ((Imported) one.get()).done().counts().units();
            }
            assertThat(added).isEqualTo(2);
        }
    }

    @Test
    void charactersOutsideTheBmpAreKept() {
        String name = "𠮷𡈽镇人民政府";
        assertThat(codes(Files.sound().with("units", 2, "name", name))).isEmpty();
        assertThat(police().name()).isEqualTo(name);
        var found = new PageQuery(10, Optional.empty(), Optional.empty(), "𡈽");
        assertThat(units.list(BUREAU, found, Optional.empty()).total()).isEqualTo(1);
    }

    @Test
    void anotherTenantsUnitsAndSystemsDoNotExist() {
        assertThat(codes(Files.sound())).isEmpty();
        var schools =
                units.all().stream().filter(u -> !u.equals(police())).findFirst().orElseThrow();
        var stranger =
                new Actor(new PersonId(UUID.randomUUID()), "李四", new Scope.OneUnit(schools.id()));
        assertThat(units.list(stranger, PageQuery.FIRST, Optional.empty()).items())
                .extracting(entry -> entry.unit().name())
                .containsExactly("蓬江区教育局");
        assertThat(systems.list(stranger, PageQuery.FIRST, SystemFilter.ANY).total()).isEqualTo(1);
        assertThatThrownBy(() -> units.get(stranger, police().id())).isInstanceOf(Refused.class);
        var cases =
                systems.all().stream()
                        .filter(s -> s.owner().equals(police().id()))
                        .findFirst()
                        .orElseThrow();
        assertThatThrownBy(() -> systems.get(stranger, cases.id()))
                .isInstanceOfSatisfying(
                        Refused.class,
                        e -> assertThat(e.category()).isEqualTo(Refused.Category.NOT_FOUND));
        assertThatThrownBy(() ->
                        registers.importRegister(
                                stranger,
                                new ImportId(UUID.randomUUID()),
                                "x",
                                DIGEST,
                                List.of(),
                                false))
                .isInstanceOf(Refused.class);
    }

    @Test
    void pagesFollowEachOtherWithoutGapOrRepeatInBothDirections() {
        var file = Files.sound();
        for (int i = 10; i < 35; i++) {
            file.row("units", Files.uscc("114407000069001" + i), "局" + i % 5 + i, "440703", "");
        }
        assertThat(codes(file)).isEmpty();
        for (String sort : List.of("name", "-name", "uscc", "-uscc")) {
            var seen = new ArrayList<String>();
            Optional<Cursor> cursor = Optional.empty();
            do {
                var page =
                        units.list(
                                BUREAU,
                                new PageQuery(4, cursor, Optional.of(Sort.of(sort)), ""),
                                Optional.of(new RegionCode("440700")));
                assertThat(page.total()).isEqualTo(27);
                page.items().forEach(entry -> seen.add(entry.unit().uscc().value()));
                cursor = page.next().map(Cursor::of);
            } while (cursor.isPresent());
            assertThat(seen).hasSize(27).doesNotHaveDuplicates();
        }
        assertThat(
                        units.list(BUREAU, PageQuery.FIRST, Optional.of(new RegionCode("440703")))
                                .total())
                .isEqualTo(26);
    }

    @Test
    void chineseNamesSortByPinyin() {
        var file = Files.sound().with("units", 2, "name", "重点局").with("units", 3, "name", "安全局");
        assertThat(codes(file)).isEmpty();
        assertThat(units.list(BUREAU, PageQuery.FIRST, Optional.empty()).items())
                .extracting(entry -> entry.unit().name())
                .first()
                .isEqualTo("安全局");
    }
}
