package io.yuntai.sandbox.bench;

import io.yuntai.onboarding.register.RegisterTable;
import io.yuntai.onboarding.register.Table;
import io.yuntai.onboarding.unit.UnifiedSocialCreditCode;
import java.util.List;
import java.util.stream.IntStream;

/** The register of the smallest city with room for many orders. */
final class DeliveryRegister {

    private static final String UNIT = code("11440700006900001");

    private DeliveryRegister() {}

    static List<Table> tables(int systems) {
        return List.of(
                table(RegisterTable.REGIONS, List.of(List.of("440700", "江门市", ""))),
                table(
                        RegisterTable.POOLS,
                        List.of(
                                List.of(
                                        "extranet",
                                        "ordinary",
                                        "100000",
                                        "400000",
                                        "9000000",
                                        "0",
                                        "50000"))),
                table(RegisterTable.UNITS, List.of(List.of(UNIT, "江门市大数据局", "440700", ""))),
                table(
                        RegisterTable.CONTACTS,
                        List.of(List.of(UNIT, "张三", "0750-1234567", "z@example.cn", "", ""))),
                table(
                        RegisterTable.SYSTEMS,
                        IntStream.range(0, systems).mapToObj(DeliveryRegister::system).toList()),
                table(
                        RegisterTable.QUOTAS,
                        List.of(
                                List.of(
                                        UNIT,
                                        "extranet-ordinary",
                                        "50000",
                                        "200000",
                                        "4000000",
                                        "",
                                        "25000"))));
    }

    private static List<String> system(int number) {
        return List.of(
                "bench-%05d".formatted(number),
                "系统 %d".formatted(number),
                UNIT,
                "extranet",
                "no",
                "2",
                "",
                "");
    }

    private static Table table(RegisterTable table, List<List<String>> rows) {
        return new Table(
                table.code(),
                table.columns().stream().map(RegisterTable.Column::code).toList(),
                IntStream.range(0, rows.size())
                        .mapToObj(at -> new Table.Row(at + 2, rows.get(at)))
                        .toList());
    }

    private static String code(String seventeen) {
        return seventeen + UnifiedSocialCreditCode.checkCharacter(seventeen);
    }
}
