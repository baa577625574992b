package io.yuntai.onboarding.host;

import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which hosts and namespaces have changed, in whichever process: for whoever wants to look again.
 * Positions are numbers of transactions; what is read ends before the oldest one that is still
 * under way, so that one that commits late is never passed over, and none is told twice.
 */
@Service
@Transactional
public class HostChanges {

    private static final int MOST = 5000;

    private final JdbcClient jdbc;

    HostChanges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One host that has changed.
     *
     * @param unit its owner then: nobody of another unit may hear of it
     */
    public record Change(HostId host, UnitId unit) {}

    /**
     * A system of whose namespaces one has changed.
     *
     * @param unit its owner then
     */
    public record SystemChange(SystemId system, UnitId unit) {}

    /**
     * What has changed in a while.
     *
     * @param next where the next read begins
     * @param complete whether it is all; else there was too much of it, and everything may have
     *     changed
     */
    public record Changes(
            List<Change> changes, List<SystemChange> namespaces, long next, boolean complete) {

        public Changes {
            changes = List.copyOf(changes);
            namespaces = List.copyOf(namespaces);
        }

        /** Everything may have changed. */
        public static Changes all(long next) {
            return new Changes(List.of(), List.of(), next, false);
        }
    }

    /** Where whoever begins now begins. */
    @Transactional(readOnly = true)
    public long position() {
        return jdbc.sql("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
                .query(Long.class)
                .single();
    }

    /** What has changed since a position, up to now. */
    @Transactional(readOnly = true)
    public Changes since(long position) {
        long next = position();
        var hosts = new ArrayList<Change>();
        var namespaces = new ArrayList<SystemChange>();
        jdbc.sql(
                        """
                        select distinct kind, subject, unit from change_event
                        where tx >= cast(cast(:since as text) as xid8)
                          and tx < cast(cast(:next as text) as xid8)
                        limit :most
                        """)
                .param("since", position)
                .param("next", next)
                .param("most", MOST + 1)
                .query(row -> {
                    var subject = row.getObject("subject", UUID.class);
                    var unit = new UnitId(row.getObject("unit", UUID.class));
                    if (row.getString("kind").equals("HOST")) {
                        hosts.add(new Change(new HostId(subject), unit));
                    } else {
                        namespaces.add(new SystemChange(new SystemId(subject), unit));
                    }
                });
        return hosts.size() + namespaces.size() > MOST
                ? Changes.all(next)
                : new Changes(hosts, namespaces, next, true);
    }

    /** Forgets what is older. */
    public void forget(Instant before) {
        var _ =
                jdbc.sql("delete from change_event where at < ?")
                        .param(before.atOffset(ZoneOffset.UTC))
                        .update();
    }
}
