package io.yuntai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import io.yuntai.api.spreadsheet.Format;
import io.yuntai.api.spreadsheet.RegisterFiles;
import io.yuntai.onboarding.register.RegisterTable;
import io.yuntai.onboarding.register.Table;
import io.yuntai.onboarding.unit.Login;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnifiedSocialCreditCode;
import io.yuntai.security.Accounts;
import io.yuntai.security.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/**
 * Two units with a system each, in a region and pools that all towns share. Each is new, so that
 * tests on one server do not meet; the people of the bureau and the platform are the same.
 */
public final class Town {

    public static final String BUREAU = "bureau";
    public static final String OPERATOR = "operator";
    public static final String SECOND_OPERATOR = "operator2";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final int number = NUMBER.incrementAndGet();
    private final Map<RegisterTable, List<List<String>>> rows = new LinkedHashMap<>();

    /** What the file of a town says before it is imported. */
    public Town() {
        for (var table : RegisterTable.values()) {
            rows.put(table, new ArrayList<>());
        }
        row(RegisterTable.REGIONS, "440700", "江门市", "");
        row(
                RegisterTable.POOLS,
                "extranet",
                "ordinary",
                "1000000",
                "1000000",
                "9000000",
                "",
                "100000");
        row(
                RegisterTable.POOLS,
                "extranet",
                "domestic",
                "1000000",
                "1000000",
                "9000000",
                "",
                "100000");
        unit("a");
        unit("b");
    }

    private void unit(String of) {
        row(RegisterTable.UNITS, uscc(of), "第" + number + of + "局", "440700", "");
        row(
                RegisterTable.CONTACTS,
                uscc(of),
                "张三",
                "0750-1234567",
                "zhang@example.cn",
                staff(of),
                "UNIT_STAFF");
        row(
                RegisterTable.CONTACTS,
                uscc(of),
                "李四",
                "0750-7654321",
                "li@example.cn",
                owner(of),
                "UNIT_OWNER");
        row(
                RegisterTable.SYSTEMS,
                code(of),
                "第" + number + of + "系统",
                uscc(of),
                "extranet",
                "no",
                "3",
                "44070300001",
                "");
        row(RegisterTable.QUOTAS, uscc(of), "extranet-ordinary", "100", "200", "4000", "", "20");
    }

    /** The unit's code; units are {@code a} and {@code b}. */
    public String uscc(String unit) {
        String seventeen = "1144070%09d%s".formatted(number, unit.toUpperCase(Locale.ROOT));
        return seventeen + UnifiedSocialCreditCode.checkCharacter(seventeen);
    }

    public String code(String unit) {
        return "town-" + number + "-" + unit;
    }

    public String name(String unit) {
        return "第" + number + unit + "局";
    }

    public String staff(String unit) {
        return "staff-" + number + unit;
    }

    public String owner(String unit) {
        return "owner-" + number + unit;
    }

    /** Adds a row below those that are there. */
    public Town row(RegisterTable table, String... cells) {
        rows.get(table).add(List.of(cells));
        return this;
    }

    /** Changes one cell; row 2 is the first below the header. */
    public Town with(RegisterTable table, int row, String column, String text) {
        var cells = new ArrayList<>(rows.get(table).get(row - 2));
        var columns = table.columns().stream().map(RegisterTable.Column::code).toList();
        cells.set(columns.indexOf(column), text);
        rows.get(table).set(row - 2, cells);
        return this;
    }

    /** The town as a file. */
    public byte[] file(Format format, Locale locale) {
        var tables = new ArrayList<Table>();
        rows.forEach((table, lines) -> {
            var numbered = new ArrayList<Table.Row>();
            for (var line : lines) {
                numbered.add(new Table.Row(numbered.size() + 2, line));
            }
            var columns = table.columns().stream().map(RegisterTable.Column::code).toList();
            tables.add(new Table(table.code(), columns, numbered));
        });
        return RegisterFiles.write(format, tables, locale);
    }

    /** A town that is registered, as the bureau does it. */
    public static Town registered(MockMvc server, Accounts accounts) throws Exception {
        return registered(server, accounts, new Town());
    }

    /** The first unit has as much quota in the pool of domestic processors. */
    public Town ofTwoPools() {
        return row(
                RegisterTable.QUOTAS,
                uscc("a"),
                "extranet-domestic",
                "100",
                "200",
                "4000",
                "",
                "20");
    }

    /** As the other, with what its file says. */
    public static Town registered(MockMvc server, Accounts accounts, Town town) throws Exception {
        people(accounts);
        server.perform(
                        put("/api/v1/imports/" + UUID.randomUUID())
                                .queryParam("fileName", "town.xlsx")
                                .contentType(MediaType.valueOf(Format.XLSX.mediaType()))
                                .content(town.file(Format.XLSX, Locale.CHINESE))
                                .with(as(BUREAU)))
                .andExpect(status().isCreated());
        return town;
    }

    /** Registers whoever belongs to no unit; again changes nothing. */
    public static void people(Accounts accounts) {
        accounts.register(person(1), new Login(BUREAU), "数据局", Role.BUREAU);
        accounts.register(person(2), new Login(OPERATOR), "王平台", Role.PLATFORM_OPERATOR);
        accounts.register(person(3), new Login(SECOND_OPERATOR), "赵平台", Role.PLATFORM_OPERATOR);
    }

    private static PersonId person(int number) {
        return new PersonId(new UUID(0x0199_0000_0000_7000L, 0x8000_0000_0000_0000L | number));
    }

    /** Signed in by a bearer token. */
    public static RequestPostProcessor as(String login) {
        return jwt().jwt(token -> token.subject(login));
    }

    /** The id of a unit's system, as the bureau sees it. */
    public String system(MockMvc server, String unit) throws Exception {
        return find(server, "/api/v1/systems", code(unit));
    }

    public String unit(MockMvc server, String unit) throws Exception {
        return find(server, "/api/v1/units", uscc(unit));
    }

    /**
     * Approves what a unit has submitted, by everybody who has to: its owner, the platform, the
     * bureau.
     */
    public void approve(MockMvc server, String unit, String application) throws Exception {
        for (String login : List.of(owner(unit), OPERATOR, BUREAU)) {
            String etag =
                    server.perform(get("/api/v1/applications/" + application).with(as(login)))
                            .andExpect(status().isOk())
                            .andReturn()
                            .getResponse()
                            .getHeader("ETag");
            server.perform(
                            post("/api/v1/applications/" + application + "/approvals")
                                    .header("If-Match", String.valueOf(etag))
                                    .contentType(MediaType.APPLICATION_JSON)
                                    .content("{}")
                                    .with(as(login)))
                    .andExpect(answer ->
                            assertThat(answer.getResponse().getStatus())
                                    .as("%s: %s", login, answer.getResponse().getContentAsString())
                                    .isEqualTo(200));
        }
    }

    /**
     * Waits until the delivery of what was approved has begun, in the background, and has noted at
     * its hosts why they wait: where no cluster is there, it writes nothing more to either.
     */
    public static void awaitDelivery(MockMvc server, String application) {
        await().until(() -> {
            String json =
                    server.perform(get("/api/v1/applications/" + application).with(as(BUREAU)))
                            .andReturn()
                            .getResponse()
                            .getContentAsString();
            List<Map<String, Object>> hosts = JsonPath.read(json, "$.delivery.hosts");
            return JsonPath.read(json, "$.state").equals("DELIVERING")
                    && hosts.stream().allMatch(host -> host.get("reason") != null);
        });
    }

    private static String find(MockMvc server, String list, String q) throws Exception {
        String json =
                server.perform(get(list).queryParam("q", q).with(as(BUREAU)))
                        .andExpect(status().isOk())
                        .andReturn()
                        .getResponse()
                        .getContentAsString();
        return JsonPath.read(json, "$.items[0].id");
    }
}
