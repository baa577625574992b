package io.yuntai.api;

import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.reclaim.Reclaim;
import io.yuntai.onboarding.reclaim.ReclaimWorkflow;
import io.yuntai.onboarding.reclaim.ReclaimWorkflow.Command;
import io.yuntai.onboarding.reclaim.ReclaimWorkflow.Part;
import io.yuntai.security.Account;
import io.yuntai.security.Permission;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Shows orders to reclaim to a caller. */
@Component
class ReclaimViews {

    private final Trial trial;

    ReclaimViews(Trial trial) {
        this.trial = trial;
    }

    /** As lists show them. */
    Page<ReclaimView> page(Account account, Page<Reclaim> page) {
        return page.map(reclaim ->
                ReclaimView.of(
                        reclaim, commands(account, reclaim), List.of(), List.of(), List.of()));
    }

    /** With all that there is, and its version. */
    ResponseEntity<ReclaimView> answer(Account account, Reclaim.History history) {
        var reclaim = history.reclaim();
        return ResponseEntity.ok()
                .eTag(new Version(reclaim.version()).etag())
                .body(
                        ReclaimView.of(
                                reclaim,
                                commands(account, reclaim),
                                history.items(),
                                history.leftOut(),
                                history.steps()));
    }

    /** As the other, after a command; with validateOnly nothing stays. */
    ResponseEntity<ReclaimView> answer(
            Account account, boolean validateOnly, Supplier<Reclaim.History> command) {
        return answer(account, trial.run(validateOnly, command));
    }

    /**
     * What a caller may say of an order now; an answer for some hosts is a consent or an appeal.
     */
    private static List<Command> commands(Account account, Reclaim reclaim) {
        boolean ofUnit = account.unit().filter(own -> own.id().equals(reclaim.unit())).isPresent();
        return ReclaimWorkflow.from(reclaim.state()).stream()
                .filter(edge ->
                        edge.part() != Part.CONTROL_PLANE && edge.command() != Command.ANSWER)
                .filter(edge -> edge.part() == Part.UNIT_OWNER ? ofUnit : account.unit().isEmpty())
                .filter(edge -> account.may(Permission.valueOf(edge.part().permission())))
                .filter(edge -> reclaim.allows(account.person(), edge.duty()))
                .map(ReclaimWorkflow.Edge::command)
                .toList();
    }
}
