package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.notice.Dispatch;
import io.yuntai.notice.Dispatches;
import io.yuntai.notice.NoticeId;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Notice;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.Instant;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What leaves the server by mail and webhook, for whoever runs it. Not what it says. */
@RestController
@RequestMapping("/api/v1/dispatches")
@Tag(name = "notices")
class DispatchController {

    private final Dispatches dispatches;
    private final Trial trial;

    DispatchController(Dispatches dispatches, Trial trial) {
        this.dispatches = dispatches;
        this.trial = trial;
    }

    /**
     * What came of sending a notice.
     *
     * @param channel {@code mail}, or {@code webhook:} and the target's name
     * @param dueAt when it is tried next, as long as it waits
     * @param failure why the last try came to nothing
     */
    @Schema(name = "Dispatch")
    record DispatchView(
            NoticeId notice,
            Notice.Kind kind,
            String recipient,
            String channel,
            Dispatch.State state,
            int attempts,
            Instant at,
            Instant dueAt,
            Optional<String> failure,
            Optional<Instant> endedAt) {

        static DispatchView of(Dispatch one) {
            return new DispatchView(
                    one.notice(),
                    one.kind(),
                    one.recipient(),
                    one.channel(),
                    one.state(),
                    one.attempts(),
                    one.at(),
                    one.dueAt(),
                    Texts.filled(one.failure()),
                    one.endedAt());
        }
    }

    /** The latest notice first; {@code q} finds recipients and channels. */
    @GetMapping
    @Requires(Permission.NOTICE_OPERATE)
    Page<DispatchView> list(PageQuery query, @RequestParam Optional<Dispatch.State> state) {
        return dispatches.list(query, state).map(DispatchView::of);
    }

    /** Has one that was given up tried again, as often as a new one. */
    @PostMapping("/{notice}/{channel}/retries")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.NOTICE_OPERATE)
    @AuditAction(value = "notice.retry", target = "notice")
    void retry(
            Actor actor,
            @PathVariable NoticeId notice,
            @PathVariable String channel,
            @RequestParam(defaultValue = "false") boolean validateOnly) {
        var _ =
                trial.run(
                        validateOnly,
                        () -> {
                            dispatches.retry(actor, notice, channel);
                            return true;
                        });
    }
}
