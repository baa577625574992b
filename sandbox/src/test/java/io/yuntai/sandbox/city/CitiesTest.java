package io.yuntai.sandbox.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.yuntai.api.spreadsheet.FileContent;
import io.yuntai.api.spreadsheet.Format;
import io.yuntai.api.spreadsheet.RegisterFiles;
import io.yuntai.onboarding.register.RegisterTable;
import io.yuntai.onboarding.register.Table;
import io.yuntai.onboarding.unit.UnifiedSocialCreditCode;
import io.yuntai.sandbox.city.CityPlan.Fate;
import io.yuntai.sandbox.city.CityPlan.Planned;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CitiesTest {

    @ParameterizedTest
    @CsvSource({"JIANGMEN, 105, 302, 1350", "SHENZHEN, 71, 599, 8350", "SHANXI, 96, 594, 18138"})
    void hasTheSizeOfTheReport(City city, int units, int systems, int hosts) {
        var plan = city.plan();

        assertThat(plan.units()).hasSize(units);
        assertThat(plan.systems()).hasSize(systems);
        assertThat(
                        plan.orders().stream()
                                .filter(order -> order.fate() == Fate.CONFIRMED)
                                .mapToInt(Planned::hosts)
                                .sum())
                .isEqualTo(hosts);
    }

    @ParameterizedTest
    @EnumSource
    void isTheSameEachTime(City city) {
        var first = city.plan();

        assertThat(city.plan()).isEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource
    void hasBothZonesAndBothProcessorFamilies(City city) {
        assertThat(city.plan().orders().stream().map(order -> order.system().pool().toString()))
                .contains(
                        "extranet-ordinary",
                        "extranet-domestic",
                        "internet-ordinary",
                        "internet-domestic");
    }

    @ParameterizedTest
    @EnumSource
    void everyUnitHasACheckedCodeANameAndPeopleOfItsOwn(City city) {
        var units = city.plan().units();

        assertThat(units)
                .allSatisfy(unit -> {
                    String code = unit.uscc().value();
                    assertThat(code.charAt(17))
                            .isEqualTo(UnifiedSocialCreditCode.checkCharacter(code));
                    assertThat(code.substring(2, 8)).isEqualTo(unit.region());
                });
        assertThat(units).extracting(unit -> unit.uscc()).doesNotHaveDuplicates();
        assertThat(units).extracting(unit -> unit.name()).doesNotHaveDuplicates();
        assertThat(units.stream().map(unit -> unit.staff().login())).doesNotHaveDuplicates();
    }

    @Test
    void aCodeWithAnotherCheckCharacterIsNoCode() {
        String code = City.JIANGMEN.plan().units().getFirst().uscc().value();
        String other = code.substring(0, 17) + (code.charAt(17) == 'A' ? 'B' : 'A');

        assertThrows(IllegalArgumentException.class, () -> new UnifiedSocialCreditCode(other));
    }

    @ParameterizedTest
    @EnumSource
    void theFileReadsBackAsItWasWritten(City city) {
        var tables = RegisterFile.tables(city.plan());

        byte[] file = RegisterFiles.write(Format.XLSX, tables, Locale.SIMPLIFIED_CHINESE);

        assertThat(RegisterFiles.read(Format.XLSX, file))
                .isInstanceOfSatisfying(
                        FileContent.Tables.class,
                        read ->
                                assertThat(read.tables().stream().map(CitiesTest::rows))
                                        .isEqualTo(tables.stream().map(CitiesTest::rows).toList()));
        assertThat(tables)
                .extracting(Table::name)
                .containsExactly(
                        java.util.Arrays.stream(RegisterTable.values())
                                .map(RegisterTable::code)
                                .toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource
    void someUnitsCannotBeRanked(City city) {
        var plan = city.plan();
        var hosts =
                plan.orders().stream()
                        .filter(order -> order.fate() == Fate.CONFIRMED)
                        .collect(
                                Collectors.groupingBy(
                                        order -> order.system().unit(),
                                        Collectors.summingInt(Planned::hosts)));

        assertThat(hosts.values()).anyMatch(count -> count < 3);
        assertThat(hosts).hasSizeLessThan(plan.units().size());
    }

    @ParameterizedTest
    @EnumSource
    void aFewApplicationsAreOpenInEveryState(City city) {
        assertThat(
                        city.plan().orders().stream()
                                .filter(order -> order.round() == 2)
                                .map(Planned::fate)
                                .toList())
                .contains(Fate.WAITING, Fate.REJECTED, Fate.WITHDRAWN, Fate.DELIVERED)
                .doesNotContain(Fate.CONFIRMED);
    }

    private static List<List<String>> rows(Table table) {
        // A file keeps no empty cells at the end of a row.
        return table.rows().stream()
                .map(row -> List.of(String.join("|", row.cells()).replaceAll("[|]+$", "")))
                .toList();
    }
}
