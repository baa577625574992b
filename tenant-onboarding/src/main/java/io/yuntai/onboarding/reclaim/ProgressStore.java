package io.yuntai.onboarding.reclaim;

import io.yuntai.onboarding.host.HostId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The SQL of what owners say of proposed hosts, and of what came of them. Whoever writes holds the
 * order's lock.
 */
@Repository
class ProgressStore {

    private final JdbcClient jdbc;

    ProgressStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void answer(ReclaimId id, Collection<Integer> positions, ReclaimItem.Says says, String note) {
        var _ =
                jdbc.sql(
                                """
                                update reclaim_progress set answer = :says, answer_note = :note
                                where reclaim = :id and position = any(:positions)
                                """)
                        .param("says", says.name())
                        .param("note", note)
                        .param("id", id.value())
                        .param("positions", positions.toArray(Integer[]::new))
                        .update();
    }

    /** It is ordered from here on; once more when it has failed before. */
    void start(ReclaimId id, int position, Instant at) {
        var _ =
                jdbc.sql(
                                """
                                update reclaim_progress set outcome = 'STARTED', started_at = :at,
                                    attempts = attempts + 1
                                where reclaim = :id and position = :position and outcome = 'PLANNED'
                                """)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .param("id", id.value())
                        .param("position", position)
                        .update();
    }

    void done(ReclaimId id, int position, Reclaim.Size actual, Instant at) {
        var _ =
                jdbc.sql(
                                """
                                update reclaim_progress set outcome = 'DONE', ended_at = :at,
                                    actual_vcpu = :vcpu, actual_memory_bytes = :memory
                                where reclaim = :id and position = :position and outcome = 'STARTED'
                                """)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .param("vcpu", actual.vcpu())
                        .param("memory", actual.memoryBytes())
                        .param("id", id.value())
                        .param("position", position)
                        .update();
    }

    /** It has failed, or is left as it is: the reason says why. */
    void end(ReclaimId id, int position, ReclaimItem.Outcome outcome, String reason, Instant at) {
        var _ =
                jdbc.sql(
                                """
                                update reclaim_progress set outcome = :outcome, reason = :reason, ended_at = :at,
                                    attempts = attempts + case when outcome = 'PLANNED' and :failed then 1 else 0 end
                                where reclaim = :id and position = :position
                                  and outcome in ('PLANNED', 'STARTED')
                                """)
                        .param("outcome", outcome.name())
                        .param("reason", reason)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .param("failed", outcome == ReclaimItem.Outcome.FAILED)
                        .param("id", id.value())
                        .param("position", position)
                        .update();
    }

    /** What has failed is to be tried again; what was done, or left, stays so. */
    void retry(ReclaimId id) {
        var _ =
                jdbc.sql(
                                """
                                update reclaim_progress set outcome = 'PLANNED', reason = null, ended_at = null
                                where reclaim = ? and outcome = 'FAILED'
                                """)
                        .param(id.value())
                        .update();
    }

    /** Other orders may name its hosts. */
    void release(ReclaimId id) {
        var _ =
                jdbc.sql("update reclaim_progress set open = false where reclaim = ?")
                        .param(id.value())
                        .update();
    }

    /** A host that was given back is destroyed: it is charged for nothing any more. */
    void destroyed(HostId host) {
        var _ =
                jdbc.sql(
                                """
                                update reclaim_progress p set actual_vcpu = 0, actual_memory_bytes = 0
                                from reclaim_item i
                                where i.reclaim = p.reclaim and i.position = p.position
                                  and i.action = 'RECYCLE' and p.outcome = 'DONE' and p.host = ?
                                """)
                        .param(host.value())
                        .update();
    }

    /** Who carries an order out: whoever has begun it, or tried again, last. */
    Optional<UUID> executor(ReclaimId id) {
        return jdbc.sql(
                        """
                        select person from reclaim_step
                        where reclaim = ? and command in ('EXECUTE', 'RETRY')
                        order by version desc limit 1
                        """)
                .param(id.value())
                .query(UUID.class)
                .optional();
    }
}
