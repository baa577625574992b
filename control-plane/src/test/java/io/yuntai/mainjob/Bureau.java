package io.yuntai.mainjob;

import io.yuntai.api.spreadsheet.Format;
import io.yuntai.api.spreadsheet.RegisterFiles;
import io.yuntai.onboarding.register.RegisterTable;
import io.yuntai.onboarding.register.Table;
import io.yuntai.onboarding.unit.UnifiedSocialCreditCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The register of a small city: the units A, B and C with staff, an owner and a system each, and
 * each promised 20 vCPU, 80 GiB, 2000 GiB of SSD and 10 hosts.
 */
final class Bureau {

    static final String POOL = "extranet-ordinary";

    private final Map<RegisterTable, List<List<String>>> rows = new LinkedHashMap<>();
    private final String suffix;

    /**
     * @param suffix of every system's code, so that no two runs meet on one cluster
     */
    Bureau(String suffix) {
        this.suffix = suffix;
        add(RegisterTable.REGIONS, "440700", "江门市", "");
        add(RegisterTable.POOLS, "extranet", "ordinary", "200", "800", "20000", "", "100");
        for (String unit : List.of("a", "b", "c")) {
            add(RegisterTable.UNITS, uscc(unit), name(unit), "440700", "");
            contact(unit, "staff-" + unit, "UNIT_STAFF");
            contact(unit, "owner-" + unit, "UNIT_OWNER");
            add(
                    RegisterTable.SYSTEMS,
                    system(unit),
                    name(unit) + "业务系统",
                    uscc(unit),
                    "extranet",
                    "no",
                    "3",
                    "44070300001",
                    "");
            add(RegisterTable.QUOTAS, uscc(unit), POOL, "20", "80", "2000", "", "10");
        }
    }

    String uscc(String unit) {
        String seventeen = "1144070000690000" + unit.toUpperCase(Locale.ROOT);
        return seventeen + UnifiedSocialCreditCode.checkCharacter(seventeen);
    }

    String name(String unit) {
        return unit.toUpperCase(Locale.ROOT) + "局";
    }

    String system(String unit) {
        return "job-" + suffix + "-" + unit;
    }

    /** As the control plane names it. */
    String namespace(String unit) {
        return system(unit) + "-extranet-o";
    }

    private void contact(String unit, String login, String role) {
        add(
                RegisterTable.CONTACTS,
                uscc(unit),
                login,
                "0750-1234567",
                login + "@example.cn",
                login,
                role);
    }

    private void add(RegisterTable table, String... cells) {
        rows.computeIfAbsent(table, _ -> new ArrayList<>()).add(List.of(cells));
    }

    byte[] file() {
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
        return RegisterFiles.write(Format.XLSX, tables, Locale.CHINESE);
    }
}
