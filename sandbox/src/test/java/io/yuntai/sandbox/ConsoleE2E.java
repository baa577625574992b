package io.yuntai.sandbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.yuntai.sandbox.browser.Visitor;
import io.yuntai.sandbox.city.City;
import java.io.FileInputStream;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The main job by hand: four people at the pages of a try-out, each in a browser of their own. Each
 * step stands on those before it, and leaves pictures of the pages in {@code target/screenshots}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleE2E {

    private static final YearMonth LAST_MONTH =
            YearMonth.now(ZoneId.of("Asia/Shanghai")).minusMonths(1);

    /** How long a delivery may take that a simulated cluster makes. */
    private static final double DELIVERY = 30_000;

    @RegisterExtension static final BrowsedTryOut tryOut = new BrowsedTryOut();

    private static Visitor bureau;
    private static Visitor staff;
    private static Visitor operator;
    private static Visitor owner;
    private static String application = "";

    @BeforeAll
    static void start() throws Exception {
        bureau = tryOut.visitor();
    }

    @Test
    @Order(1)
    void everybodySignsInAndReadsThatTheClustersAreSimulated() throws Exception {
        var first = tryOut.user("BUREAU");
        bureau.signIn(first.login(), first.password(), "sign-in");
        staff = tryOut.signedIn("UNIT_STAFF");
        operator = tryOut.signedIn("PLATFORM_OPERATOR");
        owner = tryOut.signedIn("UNIT_OWNER");
        for (var visitor : new Visitor[] {bureau, staff, operator, owner}) {
            assertThat(visitor.page().locator(".banner").first()).containsText("集群为模拟");
        }
        bureau.sees("资源池");
        bureau.pictures("overview");
        operator.pictures("overview-operator");
        staff.pictures("overview-staff");
    }

    @Test
    @Order(2)
    void aFileWithFaultsShowsEachByRowAndColumnAndImportsNothing() {
        bureau.go("登记导入");
        bureau.pictures("import");
        upload("登记-有误.xlsx", NewUnitFile.faulty(City.JIANGMEN.plan().units().getFirst()));
        bureau.button("3. 检查").click();
        bureau.sees("发现 4 处错误，未导入任何内容");
        fault("单位", 2, "统一社会信用代码");
        fault("联系人", 2, "电话");
        fault("系统", 4, "系统编码");
        fault("系统", 5, "所属单位统一社会信用代码");
        assertThat(bureau.button("4. 导入")).isDisabled();
        bureau.pictures(
                "import-faults",
                () -> {
                    bureau.page().locator("button:has(.anticon-check-circle)").click();
                    bureau.settle();
                });
        bureau.go("业务系统");
        search(bureau, "系统名称或编码", NewUnitFile.SYSTEM);
        bureau.sees("没有符合条件的数据");
    }

    @Test
    @Order(3)
    void aSoundFileIsCheckedThenImported() {
        bureau.go("登记导入");
        upload("登记.xlsx", NewUnitFile.sound(City.JIANGMEN.plan().units().getFirst()));
        bureau.button("3. 检查").click();
        bureau.sees("检查通过，可以导入");
        bureau.button("4. 导入").click();
        assertThat(bureau.page().locator("main .ant-alert-success")).containsText("导入完成");
        bureau.sees("登记.xlsx");
        bureau.go("业务系统");
        search(bureau, "系统名称或编码", NewUnitFile.SYSTEM);
        bureau.sees(NewUnitFile.SYSTEM_NAME);
        bureau.open("/systems");
        bureau.pictures("systems");
        bureau.go("使用单位");
        bureau.pictures("units");
    }

    @Test
    @Order(4)
    void staffSeeLiveWhetherItFitsAndWhichLevelIsShortOfWhat() {
        staff.go("概览");
        staff.page().locator("main a[href='/applications/new']").click();
        staff.choose("业务系统", NewUnitFile.SYSTEM, NewUnitFile.SYSTEM_NAME);
        staff.number("数量（台）", 200);
        staff.number("每台 vCPU", 64);
        staff.sees("额度不足");
        var unit = City.JIANGMEN.plan().units().getFirst().name();
        var short0 =
                staff.page()
                        .locator(".shortfall")
                        .filter(new Locator.FilterOptions().setHasText("单位「" + unit + "」的处理器不足"));
        assertThat(short0.locator("dd").first()).hasText("12,800 vCPU");
        assertThat(short0.locator("dd.missing")).hasText(Pattern.compile("[0-9,]+ vCPU"));
        assertThat(staff.button("提交申请")).isDisabled();
        staff.pictures("apply-short");
        staff.number("数量（台）", 2);
        staff.number("每台 vCPU", 4);
        staff.sees("额度充足");
    }

    @Test
    @Order(5)
    void staffApplyForHostsAndANamespaceAndCannotApproveIt() {
        staff.button("添加容器命名空间").click();
        staff.number("vCPU 合计", 4);
        staff.number("内存（GiB）", 8);
        staff.page().getByLabel("用途").fill("热线录音转写与质检，工作日 8 时至 22 时");
        staff.sees("额度充足");
        staff.pictures("apply");
        application = staff.submits();
        staff.settle();
        assertThat(staff.button("批准")).hasCount(0);
        assertThat(staff.status("POST", "/api/v1" + application + "/approvals", "{}"))
                .isEqualTo(403);
        staff.forgive("/approvals");
        staff.go("资源申请");
        staff.pictures("applications");
    }

    @Test
    @Order(6)
    void theUnitThePlatformAndTheBureauApproveSeeingThePoolAfterThisAndEveryLockedOne() {
        owner.go("概览");
        owner.open("/applications?inbox=true");
        owner.pictures("inbox");
        owner.approves(application, "单位需要，同意");
        operator.open(application);
        operator.sees("批准影响");
        var cpu =
                operator.page()
                        .getByRole(AriaRole.ROW)
                        .filter(new Locator.FilterOptions().setHasText("处理器"))
                        .first();
        assertThat(operator.page().locator("main th").filter(Visitor.having("批准本申请后可用")))
                .isVisible();
        assertThat(operator.page().locator("main th").filter(Visitor.having("批准全部锁定申请后可用")))
                .isVisible();
        assertThat(cpu).containsText("12 vCPU");
        operator.pictures("approval");
        operator.approves(application, "容量充足，同意");
        bureau.approves(application, "同意");
        operator.open(application);
        assertThat(operator.state("已交付"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(DELIVERY));
        assertThat(operator.page().locator("main")).containsText("2 / 2 台运行中");
        operator.pictures("application");
    }

    @Test
    @Order(7)
    void theOwnerConfirmsWhatWasDelivered() {
        owner.open(application);
        owner.button("确认交付").click();
        owner.confirms();
        assertThat(owner.state("已办结")).isVisible();
        owner.go("云主机");
        owner.pictures("hosts");
    }

    @Test
    @Order(8)
    void theOwnerStopsAHostAndSeesItStop() {
        owner.open("/hosts?life=IN_USE&sort=-deliveredAt");
        owner.page().locator("main tbody a.code").first().click();
        owner.button("停止").click();
        owner.confirms();
        // Told by the server: nobody reloads.
        assertThat(
                        owner.page()
                                .locator("main .ant-descriptions .ant-tag")
                                .filter(Visitor.having("已停止")))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(DELIVERY));
        owner.pictures("host");
        owner.button("启动").click();
        owner.confirms();
        assertThat(
                        owner.page()
                                .locator("main .ant-descriptions .ant-tag")
                                .filter(Visitor.having("运行中")))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(DELIVERY));
    }

    @Test
    @Order(9)
    void theOperatorEntersASizeInTheCatalogue() {
        operator.go("规格与镜像");
        operator.button("新增").click();
        operator.page().locator(".ant-modal #code").fill("general-4c8g");
        operator.page().locator(".ant-modal #name").fill("通用型 4 核 8 GiB");
        operator.confirms();
        assertThat(operator.page().locator("main tbody").filter(Visitor.having("general-4c8g")))
                .isVisible();
        operator.pictures("catalogue");
    }

    @Test
    @Order(10)
    void theBureauSeesLastMonthsRankingWithTiesAndWhoIsNotRankedAndWhy() throws Exception {
        bureau.go("使用率排名");
        bureau.sees(LAST_MONTH.getYear() + "年" + LAST_MONTH.getMonthValue() + "月");
        assertThat(bureau.page().locator("main canvas")).hasCount(2);
        assertThat(bureau.text("并列").first()).isVisible();
        bureau.pictures("ranking");
        bureau.page().getByRole(AriaRole.TAB).filter(Visitor.having("未参与排名")).click();
        assertThat(bureau.text("已计量云主机少于 3 台").first()).isVisible();
        bureau.pictures("ranking-not-ranked");

        var file = bureau.download(() -> bureau.button("导出 XLSX").click());
        assertThat(file.suggestedFilename()).contains("排名-" + LAST_MONTH).endsWith(".xlsx");
        try (var book = new ReadableWorkbook(new FileInputStream(file.path().toFile()))) {
            assertThat(book.getSheets()).hasSizeGreaterThanOrEqualTo(3);
            var board = book.getSheet(1).orElseThrow().read();
            assertThat(board).hasSizeGreaterThan(50);
            assertThat(board.get(1).getCellAsNumber(0).orElseThrow()).isEqualByComparingTo("1");
        }
    }

    @Test
    @Order(11)
    void everyStepStandsInTheAudit() {
        bureau.go("审计");
        bureau.sees("确认交付");
        bureau.sees("集群已生效，交付完成");
        bureau.pictures("audit");
    }

    @Test
    @Order(12)
    void aSystemLeadsToItsUnitAndBack() {
        bureau.go("业务系统");
        search(bureau, "系统名称或编码", NewUnitFile.SYSTEM);
        bureau.text(NewUnitFile.SYSTEM_NAME).first().click();
        bureau.pictures("system");
        bureau.page().locator("main a[href^='/units/']").first().click();
        bureau.sees("所属业务系统");
        bureau.pictures("unit");
        bureau.sees(NewUnitFile.SYSTEM_NAME);
    }

    @Test
    @Order(13)
    void theOwnerReadsTheTreeDownToTheLeaseAndItsPast() {
        owner.go("配额");
        owner.pictures("quota");
        owner.go("业务系统");
        owner.text(NewUnitFile.SYSTEM_NAME).first().click();
        owner.page().locator("main a[href^='/quota/']").first().click();
        owner.sees("配额情况");
        tab(owner, "租约");
        owner.sees("已生效");
        owner.pictures("quota-leases");
        tab(owner, "历史");
        assertThat(owner.page().locator("main canvas")).hasCount(1);
        owner.sees("已批准");
        owner.pictures("quota-history");
        assertThat(owner.button("调整额度")).hasCount(0);
    }

    @Test
    @Order(14)
    void theOperatorTriesACeilingUnderWhatIsHandedOutAndReadsWhoHoldsIt() {
        operator.go("配额");
        operator.pictures("quota-operator");
        operator.page().navigate(owner.page().url());
        operator.settle();
        operator.page().locator("main .ant-breadcrumb a").last().click();
        operator.settle();
        operator.pictures("quota-unit");
        operator.page().locator("button:has(.anticon-sliders)").click();
        operator.page().getByLabel("处理器保障额").fill("1");
        operator.page().getByLabel("处理器上限").fill("1");
        operator.button("试算").click();
        var refusal = operator.page().locator(".ant-modal .shortfall").first();
        assertThat(refusal).containsText("处理器上限低于已分出的额度");
        assertThat(refusal).containsText(NewUnitFile.SYSTEM_NAME);
        assertThat(operator.button("保存")).isDisabled();
        operator.button("改为可行的最接近值").click();
        operator.button("试算").click();
        assertThat(operator.page().locator(".ant-modal .ant-alert-success")).containsText("可行");
        assertThat(operator.button("保存")).isEnabled();
        operator.button("取消").click();
    }

    @Test
    @Order(15)
    void theOperatorSeesTheClustersAndWhatASystemsMoveWouldMeet() {
        operator.go("集群");
        operator.sees("健康");
        operator.go("业务系统");
        search(operator, "系统名称或编码", NewUnitFile.SYSTEM);
        operator.text(NewUnitFile.SYSTEM_NAME).first().click();
        operator.button("划转系统").click();
        operator.choose("划入单位", "财政局", "江门市财政局");
        operator.page().getByLabel("原因").fill("机构改革");
        operator.button("试算").click();
        assertThat(operator.page().locator(".ant-modal .ant-alert").first()).isVisible();
        operator.button("取消").click();
    }

    @Test
    @Order(16)
    void aDraftIsKeptOnTheServerAndGoneOnWithUntilItIsSubmitted() {
        staff.open("/applications/new");
        staff.choose("业务系统", NewUnitFile.SYSTEM, NewUnitFile.SYSTEM_NAME);
        staff.number("数量（台）", 2);
        staff.page().getByLabel("用途").fill("群众来信归档检索");
        assertThat(staff.page().locator(".form-foot")).containsText("已保存");
        staff.open("/applications/drafts");
        staff.sees("群众来信归档检索");
        staff.pictures("drafts");
        staff.button("继续填写").click();
        assertThat(staff.page().getByLabel("用途")).hasValue("群众来信归档检索");
        staff.page().getByLabel("预期负载").fill("日均检索 2 万次，高峰在上午 9 时");
        staff.upload(
                () -> staff.button("添加附件").click(),
                "load-2026.pdf",
                "%PDF-1.7 ".getBytes(StandardCharsets.US_ASCII));
        staff.sees("load-2026.pdf");
        staff.sees("额度充足");
        staff.pictures("draft");
        application = staff.submits();
    }

    @Test
    @Order(17)
    void whatTheReviewerReturnsIsRevisedAndApprovedWithOthers() {
        owner.approves(application, "同意");
        operator.open(application);
        operator.sees("审核参考");
        operator.pictures("review");
        operator.button("退回修改").click();
        operator.page().locator(".ant-modal textarea").fill("请按一台先行试用");
        operator.confirms();
        staff.open(application);
        staff.button("修改并重新提交").click();
        // The reason stands on the page before as well: the form is there when it can be sent.
        assertThat(staff.button("重新提交")).isVisible();
        staff.sees("请按一台先行试用");
        staff.forgive("/drafts/"); // there was none of this application yet
        staff.number("数量（台）", 1);
        staff.sees("额度充足");
        assertThat(staff.page().locator(".form-foot")).containsText("已保存");
        staff.pictures("revise");
        staff.button("重新提交").click();
        assertThat(staff.page()).hasURL(Pattern.compile(".*" + application));
        owner.approves(application, "同意");
        operator.approves(application, "同意");
        bureau.open("/applications?inbox=true");
        bureau.page().getByLabel(Pattern.compile("选择 A")).first().check();
        bureau.pictures("bulk-approval");
        bureau.button("批量批准（1）").click();
        bureau.button("批准").click();
        bureau.sees("已批准 1 / 1");
        bureau.button("完成").click();
        bureau.open(application);
        bureau.pictures("timeline");
    }

    @Test
    @Order(18)
    void peopleDelegateAndKeepTemplates() {
        owner.open("/delegations");
        owner.button("新增委托").click();
        owner.choose("受托人", "", "");
        owner.page().locator(".ant-modal textarea").fill("出差");
        owner.confirms();
        owner.sees("生效中");
        owner.pictures("delegations");
        staff.open(application);
        staff.button("存为模板").click();
        staff.page().locator(".ant-modal input").fill("检索服务");
        staff.confirms();
        staff.open("/applications/templates");
        staff.sees("检索服务");
        staff.pictures("templates");
    }

    @Test
    @Order(19)
    void theOtherPagesOfTheOperatorAndTheBureauAreSound() {
        operator.open("/drifts");
        operator.pictures("drifts");
        operator.open("/migrations");
        operator.pictures("migrations");
        operator.open("/findings");
        operator.pictures("findings");
        operator.open("/jobs");
        operator.pictures("jobs");
        operator.open("/usage-imports");
        operator.pictures("usage-imports");
        for (String page : List.of("policies", "exemptions", "cycles", "instant-approval")) {
            bureau.open("/" + page);
            bureau.pictures(page);
        }
        bureau.open("/calendars");
        bureau.pictures("calendars");
        bureau.open("/notices");
        bureau.pictures("notices");
    }

    @Test
    @Order(20)
    void theOperatorProposesPricesAndTheBureauApprovesThem() {
        operator.open("/price-books");
        operator.button("提出新价格表").click();
        var dialog = operator.page().locator(".ant-modal");
        dialog.getByLabel("编号").fill("2099-1");
        dialog.getByLabel("施行日期").fill("2099-01-01");
        dialog.getByLabel("依据文件").fill("江数〔2099〕1号");
        dialog.getByLabel("vCPU 1").fill("4");
        dialog.getByLabel("内存 GiB 1").fill("8");
        dialog.getByLabel("元/月 1").fill("267.20");
        operator.confirms();
        operator.sees("2099-1");
        operator.pictures("price-books");
        bureau.open("/price-books");
        bureau.button("批准").click();
        bureau.sees("已批准");
    }

    @Test
    @Order(21)
    void whatIsSmallIsApprovedAtOnceWithItsEvidenceAndDeliveredWithoutAHuman() throws Exception {
        bureau.open("/instant-approval");
        bureau.button("提出新版本").click();
        var dialog = bureau.page().locator(".ant-modal");
        dialog.getByLabel("依据文件").fill("江数〔2026〕12号");
        // What is left says that it is small: how well a sample unit uses what it has is chance.
        var remove = dialog.getByLabel("删除条件");
        while (remove.count() > 1) {
            remove.last().click();
        }
        bureau.confirms();
        assertThat(bureau.page().locator(".ant-drawer")).containsText("待批准");
        assertThat(bureau.button("批准生效")).hasCount(0);
        var secondBureau = tryOut.signedInAsSecond("BUREAU");
        secondBureau.open("/instant-approval");
        secondBureau.button("第 1 版").click();
        secondBureau.button("批准生效").click();
        secondBureau.sees("生效中");

        staff.open("/applications/new");
        staff.choose("业务系统", NewUnitFile.SYSTEM, NewUnitFile.SYSTEM_NAME);
        staff.number("每台 vCPU", 2);
        staff.page().getByLabel("用途").fill("值班系统试用");
        staff.sees("额度充足");
        application = staff.submits();
        owner.approves(application, "同意");
        staff.open(application);
        staff.sees("依据规则第 1 版，江数〔2026〕12号");
        staff.sees("规则全部满足，即时批准");
        assertThat(staff.state("已交付"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(DELIVERY));
        staff.pictures("instant");
    }

    @Test
    @Order(22)
    void theLanguageStaysAsItWasChosenAndSigningOutEndsTheSession() {
        staff.speak("English");
        staff.open("/");
        assertThat(staff.page().locator("nav")).containsText("Overview");
        staff.speak("中文");
        staff.signOut();
        staff.page().navigate(tryOut.url() + "/applications");
        assertThat(staff.page()).hasURL(Pattern.compile(".*/sign-in.*"));
    }

    private static void upload(String name, byte[] content) {
        bureau.upload(() -> bureau.page().locator(".ant-upload-drag").click(), name, content);
    }

    private static void search(Visitor visitor, String label, String text) {
        visitor.page().getByPlaceholder(label).fill(text);
        visitor.settle();
    }

    private static void tab(Visitor visitor, String name) {
        visitor.page().getByRole(AriaRole.TAB).filter(Visitor.having(name)).click();
        visitor.settle();
    }

    /** A line of the table of faults. */
    private static void fault(String table, int row, String column) {
        assertThat(
                        bureau.page()
                                .getByRole(AriaRole.ROW)
                                .filter(
                                        new Locator.FilterOptions()
                                                .setHasText(Pattern.compile(table + row + column))))
                .isVisible();
    }
}
