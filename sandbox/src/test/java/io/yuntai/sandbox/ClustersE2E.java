package io.yuntai.sandbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.yuntai.sandbox.browser.Visitor;
import io.yuntai.testkit.TestCluster;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Clusters by hand: a real one is registered beside those that are simulated, one of which is
 * cordoned, emptied, lost and found again.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClustersE2E {

    private static final LocatorAssertions.IsVisibleOptions SOON =
            new LocatorAssertions.IsVisibleOptions().setTimeout(60_000);
    private static final String LOST = "sim-internet";

    private static String kubeconfig;
    @RegisterExtension static final BrowsedTryOut tryOut = new BrowsedTryOut();

    private static Visitor operator;
    private static Visitor bureau;

    @BeforeAll
    static void start() throws Exception {
        kubeconfig = Files.readString(TestCluster.shared().kubeconfig());
        operator = tryOut.signedIn("PLATFORM_OPERATOR");
        bureau = tryOut.signedIn("BUREAU");
    }

    @Test
    @Order(1)
    void aKubeconfigThatRunsAProgramIsRefusedInWords() {
        operator.go("集群");
        operator.button("登记集群").click();
        dialog().getByLabel("集群", new Locator.GetByLabelOptions().setExact(true))
                .fill("jiangmen-1");
        dialog().getByLabel("显示名称").fill("江门一号集群");
        operator.choose("承载的资源池", "", "政务外网");
        operator.page().keyboard().press("Escape");
        dialog().getByLabel("kubeconfig", new Locator.GetByLabelOptions().setExact(true))
                .fill(
                        kubeconfig.replace(
                                "users:\n",
                                "users:\n- {name: x, user: {exec: {apiVersion: v1, command: id}}}\n"));
        dialog().locator("button").filter(Visitor.having("检查")).click();
        assertThat(dialog().locator(".ant-alert-error")).containsText("运行程序");
        assertThat(dialog().locator("button").filter(Visitor.having("登记")).last()).isDisabled();
    }

    @Test
    @Order(2)
    void aRealClusterIsLookedIntoThenRegisteredAndJoins() {
        dialog().getByLabel("kubeconfig", new Locator.GetByLabelOptions().setExact(true))
                .fill(kubeconfig);
        dialog().locator("button").filter(Visitor.having("检查")).click();
        assertThat(dialog().locator(".check-failed")).hasCount(0);
        assertThat(dialog().locator(".checks li")).hasCount(10);
        operator.confirms();
        assertThat(operator.page().locator(".ant-modal:visible")).hasCount(0);
        operator.sees("江门一号集群");
        var row = operator.page().getByRole(AriaRole.ROW).filter(Visitor.having("江门一号集群"));
        assertThat(row.locator(".ant-tag").filter(Visitor.having("健康"))).isVisible(SOON);
        operator.pictures("clusters");
    }

    @Test
    @Order(3)
    void itsPageShowsHealthCapacityAndChecks() {
        operator.text("江门一号集群").first().click();
        operator.sees("节点可分配");
        operator.button("检查").click();
        operator.sees("权限");
        operator.button("申报容量").click();
        dialog().getByLabel("处理器（vCPU）").fill("40");
        dialog().getByLabel("原因").fill("两台节点在维修");
        operator.confirms();
        assertThat(operator.page().locator("main")).containsText("两台节点在维修");
        operator.settle();
        operator.pictures("cluster", ClustersE2E::checkAgain);
    }

    @Test
    @Order(4)
    void oneIsCordonedAndDrainedAndItsPageSaysWhatHasToGo() {
        operator.open("/clusters/" + LOST);
        say(operator, "停止接收", "月底下线");
        operator.sees("停止接收");
        say(operator, "排空", "月底下线");
        assertThat(operator.state("排空中")).isVisible();
        operator.sees("集群上的系统");
        operator.pictures("cluster-drain");
        say(operator, "恢复接收", "改期");
        assertThat(operator.state("排空中")).hasCount(0);
    }

    @Test
    @Order(5)
    void oneIsFencedByOneWrittenOffByAnotherAndReadmitted() {
        operator.open("/clusters/" + LOST);
        lose(operator, "隔离", "机房失火");
        note(operator, "已隔离");
        bureau.open("/clusters/" + LOST);
        lose(bureau, "核销", "确认无法恢复");
        note(bureau, "已核销");
        bureau.pictures("cluster-written-off");
        operator.open("/clusters");
        var row = operator.page().getByRole(AriaRole.ROW).filter(Visitor.having(LOST));
        // What was charged for it is credited first.
        assertThat(row.locator(".below").first()).hasText("0 vCPU", credited());
        operator.open("/clusters/" + LOST);
        say(operator, "重新接入", "机房已恢复");
        assertThat(operator.state("正常")).isVisible(SOON);
    }

    /** In the language of the page: what was answered before stays as it was. */
    private static void checkAgain() {
        operator.page().locator(".ant-card:has(.checks) .ant-card-extra button").click();
        operator.settle();
    }

    private static LocatorAssertions.HasTextOptions credited() {
        return new LocatorAssertions.HasTextOptions().setTimeout(60_000);
    }

    private static void note(Visitor visitor, String state) {
        visitor.seesState(state);
        visitor.settle();
    }

    private static void say(Visitor visitor, String command, String reason) {
        visitor.button(command).click();
        var dialog = visitor.page().locator(".ant-modal:visible");
        dialog.locator("textarea").fill(reason);
        visitor.confirms();
        assertThat(visitor.page().locator(".ant-modal:visible")).hasCount(0);
        visitor.settle();
    }

    private static void lose(Visitor visitor, String command, String reason) {
        visitor.button(command).click();
        var dialog = visitor.page().locator(".ant-modal:visible");
        dialog.locator("textarea").fill(reason);
        dialog.locator("input").fill(LOST);
        visitor.confirms();
        assertThat(visitor.page().locator(".ant-modal:visible")).hasCount(0);
    }

    private static Locator dialog() {
        return operator.page().locator(".ant-modal:visible");
    }
}
