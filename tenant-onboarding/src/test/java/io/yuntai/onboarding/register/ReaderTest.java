package io.yuntai.onboarding.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReaderTest {

    private static final Instant AT = Instant.parse("2026-11-24T00:00:00Z");
    private static final String LONG_NAME = "局".repeat(200);

    private static Faults read(List<Table> tables) {
        var faults = new Faults();
        var known =
                new Known(
                        List.of(),
                        Map.of(),
                        List.of(),
                        new HashMap<>(),
                        new HashSet<>(),
                        List.of(),
                        new HashMap<>());
        var added = new Reader(new Sheets(tables, faults), known, AT).read();
        assertThat(added).isNotNull();
        return faults;
    }

    private static List<String> faults(Files file) {
        return read(file.tables()).listed().stream()
                .map(f ->
                        "%s %s %s %s"
                                .formatted(
                                        f.table(),
                                        f.row().isPresent() ? f.row().getAsInt() : "-",
                                        f.column().orElse("-"),
                                        f.code()))
                .toList();
    }

    @Test
    void aUnitMayBeAPartOfOneThatStandsBelowItAndItsQuotaComesOutOfThatOnes() {
        assertThat(faults(withPart("20", "40"))).isEmpty();
        assertThat(faults(withPart("40.001", "40")))
                .containsExactly("quotas 4 cpu OVER_PARENT_QUOTA");
        assertThat(faults(withPart("20", "40").row("quotas", CENTRE, "extranet-domestic", "1")))
                .containsExactly("quotas 5 pool UNKNOWN_POOL");
    }

    private static final String CENTRE = Files.uscc("11440700006900003");

    /** A centre in front of the schools that it is a part of, which have 40 vCPU and 80 GiB. */
    private static Files withPart(String cpu, String memory) {
        var file = Files.sound();
        return file.row("units", CENTRE, "考试中心", "440703", "", Files.SCHOOLS)
                .row("quotas", CENTRE, "extranet-ordinary", cpu, memory, "", "", "");
    }

    @Test
    void whatAUnitIsAPartOfIsKnownAndNotItself() {
        assertThat(faults(Files.sound().row("units", CENTRE, "考试中心", "440703", "", "1")))
                .containsExactly("units 4 parent USCC_SHAPE");
        assertThat(
                        faults(
                                Files.sound()
                                        .row(
                                                "units",
                                                CENTRE,
                                                "考试中心",
                                                "440703",
                                                "",
                                                Files.uscc("11440700006900009"))))
                .containsExactly("units 4 parent UNKNOWN_UNIT");
        assertThat(faults(Files.sound().row("units", CENTRE, "考试中心", "440703", "", CENTRE)))
                .containsExactly("units 4 parent UNIT_CYCLE");
        var other = Files.uscc("11440700006900004");
        assertThat(
                        faults(
                                Files.sound()
                                        .row("units", CENTRE, "考试中心", "440703", "", other)
                                        .row("units", other, "招生中心", "440703", "", CENTRE)))
                .containsExactly("units 4 parent UNIT_CYCLE", "units 5 parent UNIT_CYCLE");
    }

    @Test
    void partsOfPartsGoSixteenLevelsDeep() {
        var file = Files.sound();
        String whole = Files.SCHOOLS;
        for (int i = 2; i <= UnitReader.MAX_LEVELS + 1; i++) {
            String part = Files.uscc("114407000069%05d".formatted(100 + i));
            file.row("units", part, "第" + i + "级", "440703", "", whole);
            whole = part;
        }
        assertThat(faults(file))
                .containsExactly(
                        "units %d parent UNIT_TOO_DEEP".formatted(UnitReader.MAX_LEVELS + 3));
    }

    @Test
    void aPartHasQuotaOnlyWhereItsWholeHasSome() {
        var file =
                Files.sound()
                        .row("pools", "extranet", "domestic", "100", "200", "1000", "", "50")
                        .row("units", CENTRE, "考试中心", "440703", "", Files.SCHOOLS)
                        .row("quotas", CENTRE, "extranet-domestic", "1", "", "", "", "");
        assertThat(faults(file)).containsExactly("quotas 4 pool PARENT_NOT_IN_POOL");
    }

    @Test
    void aSoundFileHasNoFaults() {
        assertThat(faults(Files.sound())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "regions, 3, parent, 449999, UNKNOWN_REGION",
                "regions, 3, name, '', MISSING",
                "pools, 2, cpu, 1.0001, TOO_FINE",
                "pools, 2, memory, 1.5, NOT_WHOLE",
                "pools, 2, memory, 100000001, OVER_LIMIT",
                "pools, 2, hosts, -1, NEGATIVE",
                "pools, 2, hosts, many, NOT_A_NUMBER",
                "pools, 2, hosts, 1e3, NOT_A_NUMBER",
                "pools, 2, hosts, '１００', NOT_A_NUMBER",
                "units, 2, region, 449999, UNKNOWN_REGION",
                "units, 2, name, 蓬江区教育局, DUPLICATE_IN_FILE",
                "units, 2, name, =1+1, FORMULA",
                "contacts, 2, phone, 'call me', PHONE",
                "contacts, 2, email, nobody, EMAIL",
                "contacts, 2, login, Ab, LOGIN",
                "contacts, 2, role, BUREAU, ROLE",
                "contacts, 2, role, '', MISSING",
                "contacts, 2, login, '', MISSING",
                "systems, 2, code, Police_Cases, SYSTEM_CODE",
                "systems, 2, code, schools-admission, DUPLICATE_IN_FILE",
                "systems, 2, unit, '', WITHOUT_OWNER",
                "systems, 2, zone, internet, UNKNOWN_ZONE",
                "systems, 2, xinchuang, maybe, YES_OR_NO",
                "systems, 2, mlpsLevel, 6, MLPS_LEVEL",
                "systems, 2, mlpsLevel, 0, MLPS_LEVEL",
                "quotas, 2, pool, extranet-domestic, UNKNOWN_POOL",
                "quotas, 2, pool, extranet, POOL_CODE",
                "quotas, 2, cpu, 60.001, OVER_POOL_CAPACITY",
                "quotas, 2, storageHdd, 1, OVER_POOL_CAPACITY",
            })
    void oneWrongCellIsOneFaultAtThatCell(
            String table, int row, String column, String text, String code) {
        var file = Files.sound().with(table, row, column, text);
        assertThat(faults(file))
                .hasSize(1)
                .allMatch(fault -> fault.startsWith(table) && fault.endsWith(column + " " + code));
    }

    @Test
    void aCodeThatIsNoneIsReportedWhereItStandsAndWhateverRefersToTheRightOneIsUnknown() {
        assertThat(faults(Files.sound().with("regions", 2, "code", "044070")))
                .containsExactly(
                        "regions 2 code REGION_CODE",
                        "regions 3 parent UNKNOWN_REGION",
                        "units 2 region UNKNOWN_REGION");
        assertThat(faults(Files.sound().with("pools", 2, "zone", "EXTRANET")))
                .contains("pools 2 zone ZONE_CODE", "systems 2 zone UNKNOWN_ZONE");
        assertThat(faults(Files.sound().with("pools", 2, "processor", "arm")))
                .contains("pools 2 processor PROCESSOR", "quotas 3 pool UNKNOWN_POOL");
    }

    @Test
    void aWrongCheckDigitIsReportedOnceAndNamesTheRightOne() {
        String wrong = Files.POLICE.substring(0, 17) + (Files.POLICE.endsWith("0") ? "1" : "0");
        var file = Files.sound();
        for (String table : List.of("units", "contacts", "systems", "quotas")) {
            file.with(table, 2, table.equals("units") ? "uscc" : "unit", wrong);
        }
        var faults = read(file.tables());
        assertThat(faults.listed())
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.code()).isEqualTo("USCC_CHECK_DIGIT");
                    assertThat(fault.value()).isEqualTo(wrong);
                    assertThat(fault.arguments()).containsExactly(Files.POLICE.substring(17));
                });
    }

    @Test
    void aUnitThatIsNowhereIsUnknownWhereverItIsReferredTo() {
        String stranger = Files.uscc("11440700006900003");
        assertThat(
                        faults(
                                Files.sound()
                                        .with("systems", 3, "unit", stranger)
                                        .with("quotas", 3, "unit", stranger)))
                .containsExactly("systems 3 unit UNKNOWN_UNIT", "quotas 3 unit UNKNOWN_UNIT");
    }

    @Test
    void aParentIsARegionAroundByItsDigits() {
        assertThat(faults(Files.sound().with("regions", 2, "parent", "440703")))
                .containsExactly("regions 2 parent REGION_NOT_WITHIN");
        assertThat(faults(Files.sound().with("regions", 2, "parent", "440700")))
                .containsExactly("regions 2 parent REGION_NOT_WITHIN");
    }

    @Test
    void quotaMayFillThePoolButNotPassIt() {
        assertThat(faults(Files.sound().with("quotas", 3, "cpu", "40.000"))).isEmpty();
        var faults = read(Files.sound().with("quotas", 3, "memory", "81").tables());
        assertThat(faults.listed())
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.column()).contains("memory");
                    assertThat(fault.arguments().toString())
                            .isEqualTo("[1, 80, 200, extranet-ordinary]");
                });
    }

    @Test
    void hugeSumsDoNotWrapRound() {
        var file = Files.sound().with("pools", 2, "storageHdd", "1000000000");
        file.with("quotas", 2, "storageHdd", "1000000000");
        file.with("quotas", 3, "storageHdd", "1000000000");
        assertThat(faults(file)).containsExactly("quotas 3 storageHdd OVER_POOL_CAPACITY");
    }

    @Test
    void aNameOf200CharactersIsTakenAlsoOutsideTheBmpAndOneOf201IsNot() {
        assertThat(faults(Files.sound().with("units", 2, "name", LONG_NAME))).isEmpty();
        assertThat(faults(Files.sound().with("units", 2, "name", "𠮷".repeat(200)))).isEmpty();
        assertThat(faults(Files.sound().with("units", 2, "name", LONG_NAME + "长")))
                .containsExactly("units 2 name TOO_LONG");
    }

    @Test
    void whatNobodySeesIsNoPartOfAName() {
        for (String hidden : List.of("\u0000", "\n", "\u202e", "\u200b", "\ud842", "\ufeff")) {
            assertThat(faults(Files.sound().with("units", 2, "name", "江" + hidden + "门")))
                    .containsExactly("units 2 name CONTROL_CHARACTER");
        }
        assertThat(faults(Files.sound().with("units", 2, "name", "\u3000江门\u00a0"))).isEmpty();
    }

    @Test
    void nothingGivenIsNoQuota() {
        var file = Files.sound();
        for (String column : List.of("cpu", "memory", "storageSsd", "hosts")) {
            file.with("quotas", 2, column, "0");
        }
        assertThat(faults(file)).containsExactly("quotas 2 - NOTHING_GIVEN");
    }

    @Test
    void headersAreCheckedOnceNotAgainByEachRow() {
        var file = Files.sound().header("regions", "code", "nom", "parent");
        assertThat(faults(file))
                .contains("regions 1 nom UNKNOWN_COLUMN", "regions 1 name MISSING_COLUMN")
                .noneMatch(fault -> fault.startsWith("regions 2"));
        assertThat(faults(Files.sound().header("regions", "code", "name", "name")))
                .contains("regions 1 name DUPLICATE_COLUMN");
    }

    @Test
    void aTableThatIsNotOursAndOneThatComesTwiceAreFaults() {
        var tables = new ArrayList<>(Files.sound().tables());
        tables.add(new Table("budget", List.of(), List.of()));
        tables.add(tables.getFirst());
        assertThat(read(tables).listed())
                .extracting(RegisterFault::code)
                .containsExactly("UNKNOWN_TABLE", "DUPLICATE_TABLE");
    }

    @Test
    void anEmptyFileIsAFault() {
        assertThat(read(List.of()).listed())
                .extracting(RegisterFault::code)
                .containsExactly("NOTHING_TO_IMPORT");
    }

    @Test
    void blankRowsAreNothingAndACellBesideTheHeaderIsSomething() {
        var file = Files.sound().row("regions", "", " ", "");
        assertThat(faults(file)).isEmpty();
        assertThat(faults(Files.sound().row("regions", "", "", "", "stray")))
                .contains("regions 4 - CELL_WITHOUT_HEADER");
    }

    @Test
    void allFaultsAreCountedAndAThousandListed() {
        var file = new Files();
        for (int i = 0; i < 1500; i++) {
            file.row("regions", "x" + i, "名", "");
        }
        var faults = read(file.tables());
        assertThat(faults.count()).isEqualTo(1500);
        assertThat(faults.listed()).hasSize(1000);
    }

    @Test
    void moreRowsThanTheLimitAreOneFault() {
        var file = new Files();
        for (int i = 0; i <= Sheets.MAX_ROWS; i++) {
            file.row("regions", "x", "y", "");
        }
        assertThat(read(file.tables()).listed())
                .extracting(RegisterFault::code)
                .containsExactly("TOO_MANY_ROWS");
    }
}
