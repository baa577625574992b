package io.yuntai.onboarding.reclaim;

import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.onboarding.reclaim.ReclaimWorkflow.Duty;
import io.yuntai.onboarding.reclaim.ReclaimWorkflow.Edge;
import io.yuntai.onboarding.reclaim.ReclaimWorkflow.Effect;
import io.yuntai.onboarding.reclaim.ReclaimWorkflow.Part;
import io.yuntai.onboarding.reclaim.ReclaimWorkflow.State;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReclaimWorkflowTest {

    private static final List<Edge> EDGES = ReclaimWorkflow.EDGES;

    @Test
    void everyStateIsReachedAndACommandLeadsToOne() {
        var reached = EnumSet.of(State.PROPOSED);
        var open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            for (var edge : ReclaimWorkflow.from(open.remove())) {
                if (reached.add(edge.to())) {
                    open.add(edge.to());
                }
            }
        }
        assertThat(reached).isEqualTo(EnumSet.allOf(State.class));
        assertThat(EDGES.stream().map(edge -> edge.from() + "/" + edge.command()))
                .doesNotHaveDuplicates();
    }

    @Test
    void nothingLeadsOnByItselfBeforeSomebodyCarriesItOut() {
        assertThat(EDGES)
                .filteredOn(edge -> edge.part() == Part.CONTROL_PLANE)
                .extracting(Edge::from)
                .containsOnly(State.EXECUTING);
    }

    @Test
    void noHostIsTouchedBeforeTheBureauHasApproved() {
        assertThat(EDGES)
                .filteredOn(edge -> edge.effect() == Effect.RUN)
                .extracting(Edge::from)
                .containsOnly(State.BUREAU_APPROVED, State.PARTIAL);
        assertThat(EDGES)
                .filteredOn(edge -> edge.to() == State.BUREAU_APPROVED)
                .extracting(Edge::part)
                .containsOnly(Part.BUREAU);
        assertThat(EDGES)
                .filteredOn(edge -> edge.to() == State.BUREAU_APPROVED)
                .extracting(Edge::from)
                .containsOnly(State.CONSENTED, State.EXTENDED, State.UPHELD);
    }

    @Test
    void everyEndFreesTheHostsAndNothingElseDoes() {
        assertThat(EDGES)
                .allMatch(edge -> edge.to().isFinal() == (edge.effect() == Effect.RELEASE));
        assertThat(EnumSet.allOf(State.class).stream().filter(State::isFinal))
                .containsExactlyInAnyOrder(State.DONE, State.CANCELLED);
    }

    @Test
    void eachPartHasItsDutyAndOnlyTheControlPlaneHasNone() {
        assertThat(EDGES)
                .allMatch(edge ->
                        switch (edge.part()) {
                            case PROPOSER -> edge.duty() == Duty.PROPOSER;
                            case UNIT_OWNER -> edge.duty() == Duty.UNIT_OWNER;
                            case BUREAU -> edge.duty() == Duty.BUREAU_APPROVER;
                            case EXECUTOR -> edge.duty() == Duty.EXECUTOR;
                            case CONTROL_PLANE -> edge.duty() == Duty.NONE;
                        });
    }
}
