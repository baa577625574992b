package io.yuntai.sandbox.bench;

import io.yuntai.onboarding.register.RegisterTable;
import io.yuntai.onboarding.register.Table;
import io.yuntai.onboarding.unit.UnifiedSocialCreditCode;
import java.util.List;
import java.util.stream.IntStream;

/** The register of the smallest city with room for many orders. */
final class BenchRegister {

    private BenchRegister() {}

    /**
     * One region and one pool, of which half is promised to its units in equal parts.
     *
     * @param units 1 to 1,000
     * @param systems spread over the units
     * @param vcpu what the pool has; four GiB of memory for each
     */
    static List<Table> tables(int units, int systems, long vcpu) {
        var all = IntStream.range(0, units).boxed().toList();
        return List.of(
                table(RegisterTable.REGIONS, List.of(List.of("440700", "江门市", ""))),
                table(
                        RegisterTable.POOLS,
                        List.of(
                                List.of(
                                        "extranet",
                                        "ordinary",
                                        text(vcpu),
                                        text(4 * vcpu),
                                        text(90 * vcpu),
                                        "0",
                                        text(vcpu)))),
                table(
                        RegisterTable.UNITS,
                        all.stream()
                                .map(unit -> List.of(code(unit), "单位 " + unit, "440700", ""))
                                .toList()),
                table(
                        RegisterTable.CONTACTS,
                        all.stream()
                                .map(unit ->
                                        List.of(
                                                code(unit),
                                                "张三",
                                                "0750-1234567",
                                                "z@example.cn",
                                                "",
                                                ""))
                                .toList()),
                table(
                        RegisterTable.SYSTEMS,
                        IntStream.range(0, systems)
                                .mapToObj(number -> system(number, code(number % units)))
                                .toList()),
                table(
                        RegisterTable.QUOTAS,
                        all.stream().map(unit -> quota(code(unit), vcpu / 2 / units)).toList()));
    }

    private static List<String> quota(String unit, long vcpu) {
        return List.of(
                unit,
                "extranet-ordinary",
                text(vcpu),
                text(4 * vcpu),
                text(90 * vcpu),
                "",
                text(vcpu));
    }

    /** The code of a system, by its number. */
    static String systemCode(int number) {
        return "bench-%05d".formatted(number);
    }

    private static List<String> system(int number, String unit) {
        return List.of(systemCode(number), "系统 " + number, unit, "extranet", "no", "2", "", "");
    }

    private static Table table(RegisterTable table, List<List<String>> rows) {
        return new Table(
                table.code(),
                table.columns().stream().map(RegisterTable.Column::code).toList(),
                IntStream.range(0, rows.size())
                        .mapToObj(at -> new Table.Row(at + 2, rows.get(at)))
                        .toList());
    }

    private static String text(long number) {
        return Long.toString(number);
    }

    private static String code(int unit) {
        var seventeen = "11440700006%06d".formatted(900 + unit);
        return seventeen + UnifiedSocialCreditCode.checkCharacter(seventeen);
    }
}
