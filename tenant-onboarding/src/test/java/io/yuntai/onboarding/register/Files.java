package io.yuntai.onboarding.register;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A register's file in the making: a sound one, of which tests spoil what they are about. */
final class Files {

    static final String POLICE = uscc("11440700006900001");
    static final String SCHOOLS = uscc("11440700006900002");

    private final Map<String, List<Table.Row>> rows = new LinkedHashMap<>();
    private final Map<String, List<String>> headers = new LinkedHashMap<>();

    Files() {
        for (RegisterTable table : RegisterTable.values()) {
            headers.put(
                    table.code(),
                    table.columns().stream().map(RegisterTable.Column::code).toList());
            rows.put(table.code(), new ArrayList<>());
        }
    }

    static String uscc(String seventeen) {
        return seventeen
                + io.yuntai.onboarding.unit.UnifiedSocialCreditCode.checkCharacter(seventeen);
    }

    /** Two regions, one pool, two units with a contact, a system and quota each. */
    static Files sound() {
        return new Files()
                .row("regions", "440700", "江门市", "")
                .row("regions", "440703", "蓬江区", "440700")
                .row("pools", "extranet", "ordinary", "100", "200", "1000", "0", "50")
                .row("units", POLICE, "江门市公安局", "440700", "市财政")
                .row("units", SCHOOLS, "蓬江区教育局", "440703", "")
                .row(
                        "contacts",
                        POLICE,
                        "张三",
                        "0750-1234567",
                        "zhang@example.cn",
                        "staff",
                        "UNIT_STAFF")
                .row("contacts", SCHOOLS, "李四", "+86 750 7654321", "li@example.cn", "", "")
                .row(
                        "systems",
                        "police-cases",
                        "案件管理系统",
                        POLICE,
                        "extranet",
                        "no",
                        "3",
                        "44070300001",
                        "")
                .row(
                        "systems",
                        "schools-admission",
                        "招生系统",
                        SCHOOLS,
                        "extranet",
                        "no",
                        "2",
                        "",
                        "某公司")
                .row("quotas", POLICE, "extranet-ordinary", "60", "120", "500", "", "30")
                .row("quotas", SCHOOLS, "extranet-ordinary", "40", "80", "500", "", "20");
    }

    Files row(String table, String... cells) {
        var list = rows.get(table);
        list.add(new Table.Row(list.size() + 2, List.of(cells)));
        return this;
    }

    /** The same file with one cell of a row (2 is the first below the header) changed. */
    Files with(String table, int row, String column, String text) {
        var list = rows.get(table);
        var cells = new ArrayList<>(list.get(row - 2).cells());
        cells.set(headers.get(table).indexOf(column), text);
        list.set(row - 2, new Table.Row(row, cells));
        return this;
    }

    Files header(String table, String... columns) {
        headers.put(table, List.of(columns));
        return this;
    }

    Files without(String table) {
        rows.remove(table);
        return this;
    }

    List<Table> tables() {
        return rows.entrySet().stream()
                .map(e -> new Table(e.getKey(), headers.get(e.getKey()), e.getValue()))
                .toList();
    }
}
