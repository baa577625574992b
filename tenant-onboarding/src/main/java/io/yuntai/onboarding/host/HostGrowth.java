package io.yuntai.onboarding.host;

import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How much hosts were made larger by command, as the ledger was charged for it. */
@Service
public class HostGrowth {

    private final JdbcClient jdbc;

    HostGrowth(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The transfer that pays for a command when it is said first: always the same, so that it is
     * paid once.
     */
    static UUID payment(UUID command) {
        return UUID.nameUUIDFromBytes(("host" + command).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What the hosts of a system have grown by after a moment, by another size and more disks, in
     * what the unit is charged for. What became smaller is not taken off.
     */
    @Transactional(readOnly = true)
    public Amounts after(SystemId system, Instant moment) {
        var payments =
                jdbc
                        .sql(
                                """
                                select c.id, c.payment from host_command c join host h on h.id = c.host
                                where h.system = ? and c.kind in ('RESIZE', 'ADD_DISK') and c.at > ?
                                """)
                        .params(system.value(), moment.atOffset(ZoneOffset.UTC))
                        .query((row, _) ->
                                Optional.ofNullable(row.getObject("payment", UUID.class))
                                        .orElse(payment(row.getObject("id", UUID.class))))
                        .list()
                        .stream()
                        .toArray(UUID[]::new);
        var grown = new HashMap<Resource, Long>();
        jdbc.sql(
                        """
                        select e.resource, sum(e.amount) as amount
                        from quota_entry e
                        join quota_node n on n.id = e.node and n.kind = 'SYSTEM' and n.system = :system
                        where e.side = 'HELD' and e.at > :moment and e.amount > 0
                          and e.transfer = any(:payments)
                        group by e.resource
                        """)
                .param("system", system.value())
                .param("moment", moment.atOffset(ZoneOffset.UTC))
                .param("payments", payments)
                .query(row -> {
                    grown.put(new Resource(row.getString("resource")), row.getLong("amount"));
                });
        return Amounts.of(grown);
    }
}
