package io.yuntai.sandbox;

import io.yuntai.api.spreadsheet.Format;
import io.yuntai.api.spreadsheet.RegisterFiles;
import io.yuntai.onboarding.register.RegisterTable;
import io.yuntai.onboarding.register.Table;
import io.yuntai.onboarding.unit.UnifiedSocialCreditCode;
import io.yuntai.sandbox.city.CityPlan.Body;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A file that a bureau brings: a unit that is new to the register, and one more system of a unit
 * that is known.
 */
final class NewUnitFile {

    static final String SYSTEM = "hotline-review";
    static final String SYSTEM_NAME = "市民热线质检系统";
    static final String UNIT_NAME = "江门市低空经济发展中心";

    private final Map<RegisterTable, List<List<String>>> rows = new EnumMap<>(RegisterTable.class);

    private NewUnitFile(String uscc, Body known) {
        row(RegisterTable.UNITS, uscc, UNIT_NAME, known.region(), "财政拨款");
        row(RegisterTable.CONTACTS, uscc, "许知远", "0750-3166001", "xu@example.cn", "", "");
        system(SYSTEM, SYSTEM_NAME, known.uscc().value());
        system("airspace-watch", "低空飞行服务平台", uscc);
        row(RegisterTable.QUOTAS, uscc, "extranet-ordinary", "32", "128", "2000", "", "8");
    }

    /** With nothing wrong. */
    static byte[] sound(Body known) {
        return new NewUnitFile(uscc(), known).bytes();
    }

    /**
     * With a wrong check digit (units, row 2), a telephone that is none (contacts, row 2), a code
     * twice (systems, row 4) and a system without an owner (systems, row 5).
     */
    static byte[] faulty(Body known) {
        String right = uscc();
        char wrong = right.charAt(17) == '0' ? '1' : '0';
        var file = new NewUnitFile(right.substring(0, 17) + wrong, known);
        file.rows.put(
                RegisterTable.CONTACTS,
                List.of(
                        List.of(
                                right.substring(0, 17) + wrong,
                                "许知远",
                                "见通讯录",
                                "xu@example.cn",
                                "",
                                "")));
        file.system(SYSTEM, "市民热线质检系统（二期）", known.uscc().value());
        file.system("drone-licence", "无人机登记系统", "");
        return file.bytes();
    }

    private static String uscc() {
        String seventeen = "12440700MB2D41K7X";
        return seventeen + UnifiedSocialCreditCode.checkCharacter(seventeen);
    }

    private void system(String code, String name, String owner) {
        row(RegisterTable.SYSTEMS, code, name, owner, "extranet", "no", "2", "", "云岭软件有限公司");
    }

    private void row(RegisterTable table, String... cells) {
        rows.computeIfAbsent(table, _ -> new ArrayList<>()).add(List.of(cells));
    }

    private byte[] bytes() {
        var tables = new ArrayList<Table>();
        rows.forEach((table, lines) -> {
            var numbered = new ArrayList<Table.Row>();
            lines.forEach(line -> numbered.add(new Table.Row(numbered.size() + 2, line)));
            tables.add(
                    new Table(
                            table.code(),
                            table.columns().stream().map(RegisterTable.Column::code).toList(),
                            numbered));
        });
        return RegisterFiles.write(Format.XLSX, tables, Locale.SIMPLIFIED_CHINESE);
    }
}
