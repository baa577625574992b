package io.yuntai.sandbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.sandbox.browser.Visitor;
import io.yuntai.sandbox.city.City;
import io.yuntai.sandbox.city.CityPlan;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What does not go straight through, by hand: an order that experts are heard about and of which
 * nothing comes, and a reclaim that a unit appeals against.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReviewE2E {

    /** So short that a delivery that does not come is soon said to be in part. */
    private static final String PARTIAL_AFTER = "yuntai.applications.partial-after=15s";

    /** Until that is noticed: a sweep comes every half minute. */
    private static final LocatorAssertions.IsVisibleOptions WITHIN_A_SWEEP =
            new LocatorAssertions.IsVisibleOptions().setTimeout(75_000);

    private static final String CLUSTER = "sim-extranet";

    /** Of the unit whose people are sample users. */
    private static final CityPlan.Sys SYSTEM =
            City.JIANGMEN.plan().systems().stream()
                    .filter(system -> system.unit().equals(unit()))
                    .filter(system -> system.pool().equals(PoolId.of("extranet-ordinary")))
                    .findFirst()
                    .orElseThrow();

    @RegisterExtension static final BrowsedTryOut tryOut = new BrowsedTryOut(PARTIAL_AFTER);

    private static Visitor staff;
    private static Visitor owner;
    private static Visitor operator;
    private static Visitor bureau;
    private static String application = "";

    @BeforeAll
    static void start() throws Exception {
        staff = tryOut.signedIn("UNIT_STAFF");
        owner = tryOut.signedIn("UNIT_OWNER");
        operator = tryOut.signedIn("PLATFORM_OPERATOR");
        bureau = tryOut.signedIn("BUREAU");
    }

    @Test
    @Order(1)
    void theOperatorProposesToReclaimAnIdleHostAndHasItsUnitTold() {
        operator.open("/verdicts?verdict=IDLE");
        operator.pictures("verdicts");
        operator.choose("使用单位", unit().name(), unit().name());
        operator.settle();
        operator.page()
                .locator("tr.ant-table-row .ant-checkbox-input:not([disabled])")
                .first()
                .check();
        operator.button("提出回收（1）").click();
        assertThat(operator.page().locator(".ant-modal .sum")).containsText("可释放");
        operator.page().locator(".ant-modal textarea").fill("低效资源清理");
        operator.confirms();
        operator.button("通知单位").click();
        operator.confirms();
        operator.sees("待单位答复");
        operator.pictures("reclaim");
        bureau.open("/reclaims");
        bureau.pictures("reclaims");
    }

    @Test
    @Order(2)
    void anExpertGivesTheOpinionThatLeadsAnOrderOnToTheBureau() throws Exception {
        staff.open("/applications/new");
        staff.choose("业务系统", SYSTEM.code(), SYSTEM.name());
        staff.number("数量（台）", 3);
        staff.number("每台 vCPU", 1);
        staff.page().getByLabel("用途").fill("语音转写扩容");
        staff.sees("额度充足");
        application = staff.submits();
        owner.approves(application, "同意");
        operator.open(application);
        operator.button("更多").click();
        operator.page().getByRole(AriaRole.MENUITEM).filter(Visitor.having("送专家评审")).click();
        operator.choose("专家", "", "");
        operator.page().keyboard().press("Escape");
        operator.confirms();
        operator.seesState("专家评审");

        var expert = tryOut.signedIn("EXPERT");
        expert.open("/applications?inbox=true");
        expert.page().locator("main a[href='" + application + "']").first().click();
        expert.sees("专家意见（需 1 份）");
        expert.button("出具意见").click();
        var dialog = expert.page().locator(".ant-modal");
        dialog.locator(".ant-radio-wrapper").first().click();
        dialog.locator("textarea").fill("规模与转写量相称");
        expert.confirms();
        expert.seesState("主管部门审批");
        expert.sees("专家意见已齐");
        expert.pictures("expert");
    }

    @Test
    @Order(3)
    void itsClusterIsFencedBeforeWhatWasApprovedHasCome() {
        operator.open("/clusters/" + CLUSTER);
        operator.button("隔离").click();
        operator.page().locator(".ant-modal textarea").fill("机房断电");
        operator.page().locator(".ant-modal input").fill(CLUSTER);
        bureau.open(application);
        bureau.button("批准").click();
        var _ =
                bureau.page()
                        .waitForResponse(
                                answer -> answer.url().endsWith("/approvals"), bureau::confirms);
        operator.confirms();
        operator.seesState("已隔离");
    }

    @Test
    @Order(4)
    void theUnitAppealsAgainstTheReclaimAndTheBureauGrantsADelay() {
        owner.open("/reclaims");
        owner.page().locator("main tbody a[href^='/reclaims/']").first().click();
        owner.button("申诉").click();
        owner.page().locator(".ant-modal textarea").fill("年底前要承接系统迁移");
        owner.confirms();
        owner.seesState("已申诉");
        bureau.page().navigate(owner.page().url());
        bureau.sees("年底前要承接系统迁移");
        bureau.button("准予延期").click();
        bureau.page()
                .locator(".ant-modal input[type=date]")
                .fill(LocalDate.now(ZoneId.of("Asia/Shanghai")).plusDays(30).toString());
        bureau.confirms();
        bureau.seesState("已延期");
        bureau.pictures("reclaim-appeal");
    }

    @Test
    @Order(5)
    void anotherOperatorReadsWhatDidNotComeAndWhyAndCancelsIt() throws Exception {
        var other = tryOut.signedInAsSecond("PLATFORM_OPERATOR");
        other.open(application);
        assertThat(other.state("部分交付")).isVisible(WITHIN_A_SWEEP);
        var item = other.page().getByRole(AriaRole.ROW).filter(Visitor.having("3 台未交付"));
        assertThat(item).containsText("集群已隔离或核销");
        other.pictures("partial");
        other.button("取消未交付部分").click();
        other.page().locator(".ant-modal textarea").fill("机房恢复无期");
        other.confirms();
        other.seesState("已交付");
        assertThat(item).containsText("集群已隔离或核销");
    }

    private static CityPlan.Body unit() {
        return City.JIANGMEN.plan().units().getFirst();
    }
}
