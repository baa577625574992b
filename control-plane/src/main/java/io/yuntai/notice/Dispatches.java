package io.yuntai.notice;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What is and was sent, for whoever runs the server. */
@Service
public class Dispatches {

    private final DispatchStore store;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    Dispatches(DispatchStore store, Clock clock, ApplicationEventPublisher events) {
        this.store = store;
        this.clock = clock;
        this.events = events;
    }

    /** A page, the latest notice first; {@code q} finds recipients and channels. */
    @Transactional(readOnly = true)
    public Page<Dispatch> list(PageQuery query, Optional<Dispatch.State> state) {
        return Page.ofOffset(store.page(query, state), query, store.count(query, state));
    }

    /**
     * Has one that was given up tried again, as often as a new one.
     *
     * @throws Refused CONFLICT {@code DISPATCH_NOT_GIVEN_UP}: there is none such, or it is not
     *     given up
     */
    @Transactional
    public void retry(Actor actor, NoticeId notice, String channel) {
        Instant now = clock.instant();
        if (!store.retry(notice, channel, now)) {
            throw Refused.conflict("DISPATCH_NOT_GIVEN_UP");
        }
        events.publishEvent(
                new Audited(
                        now,
                        Optional.of(actor),
                        "notice.retry",
                        "notice/" + notice,
                        Audited.Outcome.SUCCESS,
                        channel));
    }
}
