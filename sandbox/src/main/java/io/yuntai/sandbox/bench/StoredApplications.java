package io.yuntai.sandbox.bench;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Applications as two years leave them, written as rows for the time that the services would take:
 * every constraint and trigger of the tables holds for them, but they lock no quota, so nobody is
 * to decide about them. Of a hundred the latest three are open, as old ones never are.
 */
final class StoredApplications {

    private static final int OPEN_PERCENT = 3;

    private final JdbcClient jdbc;

    StoredApplications(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Adds so many.
     *
     * @param before how many there are
     */
    void add(int before, int more) {
        for (var statement :
                List.of(APPLICATIONS, ITEMS, DUTIES, STEPS, "update bench_new set done = true")) {
            var sql = jdbc.sql(statement);
            var _ =
                    (statement.equals(APPLICATIONS)
                                    ? sql.param("from", before + 1)
                                            .param("to", before + more)
                                            .param(
                                                    "open",
                                                    before + more - more * OPEN_PERCENT / 100)
                                    : sql)
                            .update();
        }
        // What autovacuum does within a minute or two, and what the first figures need not wait
        // for.
        for (var table :
                List.of(
                        "application",
                        "application_item",
                        "application_duty",
                        "application_step",
                        "application_search")) {
            var _ = jdbc.sql("vacuum analyze " + table).update();
        }
    }

    /** Made once, before any are added. */
    void prepare() {
        var _ =
                jdbc.sql(
                                """
                                create unlogged table bench_new (id uuid primary key, n int, state text,
                                    staff uuid, owner uuid, at timestamptz, done boolean default false)
                                """)
                        .update();
    }

    /**
     * In the order of time, as they would have come, and with ids of their time, as the console
     * makes them. A system's own staff apply; what for is put together from words, so that some are
     * frequent.
     */
    private static final String APPLICATIONS =
            """
            with place as (
                select row_number() over (order by s.code) - 1 as at, s.id as system, o.unit,
                       cast(min(p.id::text) filter (where r.role = 'UNIT_STAFF') as uuid) as staff,
                       cast(min(p.id::text) filter (where r.role = 'UNIT_OWNER') as uuid) as owner
                from system s join system_owner o on o.system = s.id
                join person p on p.unit = o.unit join person_role r on r.person = p.id
                group by s.code, s.id, o.unit
            ), made as (
                select n, uuidv7(moment - now()) as id, place.*, moment,
                       case
                           when n > :open then (array['DEPT_REVIEW', 'TECH_REVIEW', 'DELIVERED'])[n % 3 + 1]
                           when n % 100 < 82 then 'CLOSED'
                           when n % 100 < 92 then 'REJECTED'
                           when n % 100 < 96 then 'WITHDRAWN'
                           when n % 100 < 98 then 'RETURNED'
                           else 'EXPIRED' end as state
                from generate_series(cast(:from as int), cast(:to as int)) n
                cross join lateral (
                    select timestamptz '2024-11-01 00:00Z' + n * interval '10 minutes' as moment) m
                join place on place.at = n % (select count(*) from place)
            ), entered as (
                insert into application (id, version, state, system, unit, pool, purpose, term_months,
                                         submitted_by, submitted_at, entered_at, digest, lock)
                select id, 1, state, system, unit, 'extranet-ordinary',
                       (array['政务服务', '电子证照', '视频会议', '应急指挥', '不动产登记', '医保结算', '公积金',
                              '智慧停车', '河长制', '网格管理', '公文交换', '信访受理', '数据共享'])[n % 13 + 1]
                       || '平台' || (array['扩容', '新建', '迁移', '测试', '演练', '升级', '续建'])[n % 7 + 1]
                       || '，批次 ' || n,
                       12, staff, moment, moment + n % 240 * interval '1 hour', '', id
                from made order by n
            )
            insert into bench_new (id, n, state, staff, owner, at)
            select id, n, state, staff, owner, moment from made order by n
            """;

    private static final String ITEMS =
            """
            insert into application_item (application, position, kind, count, vcpu, memory_gib,
                                          storage_gib, storage_class)
            select id, position, 'HOSTS', n % 5 + 1, 4, 8, 100, 'ssd'
            from bench_new, generate_series(0, n % 3) position where not done order by n
            """;

    private static final String DUTIES =
            """
            insert into application_duty (application, person, duty)
            select id, staff, 'SUBMITTER' from bench_new where not done
            union all
            select id, owner, 'UNIT_APPROVER' from bench_new
            where not done and state in ('CLOSED', 'TECH_REVIEW', 'DELIVERED')
            """;

    private static final String STEPS =
            """
            insert into application_step (application, version, at, person, duty, command, from_state,
                                          to_state, note)
            select id, 1, at, staff, 'SUBMITTER', 'SUBMIT', null, 'DEPT_REVIEW', ''
            from bench_new where not done
            union all
            select id, 2, at + interval '1 hour', owner, 'UNIT_APPROVER', 'APPROVE', 'DEPT_REVIEW',
                   'PRECHECK', ''
            from bench_new where not done and state in ('CLOSED', 'TECH_REVIEW', 'DELIVERED')
            """;
}
