package io.yuntai.onboarding.ledger;

import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Adds the whole ledger up again from its entries and compares. There is never anything to find; a
 * finding means that somebody changed rows by hand, or a fault of this program.
 */
@Service
@Transactional(readOnly = true)
public class LedgerAudits {

    /** What does not agree. */
    public enum Rule {
        /** The entries of a transfer do not add up to zero. */
        UNBALANCED_TRANSFER,
        /** What a node holds is not its own entries and what its children cost it. */
        HELD_IS_NOT_THE_SUM,
        /** What is promised and not handed on is not the sum of its entries. */
        FREE_IS_NOT_THE_SUM,
        /** What a pool was given is not what came from outside. */
        CAPACITY_IS_NOT_THE_SUM,
        /** The last entry of an account says another balance than all of them add up to. */
        LAST_BALANCE_IS_NOT_THE_SUM,
        /** What an account says is locked is not what pending transfers have locked there. */
        LOCKED_IS_NOT_THE_SUM,
        /** What a leaf holds is not what its leases are charged and what is locked there. */
        HELD_IS_NOT_WHAT_LEASES_ARE_CHARGED
    }

    /**
     * One thing that does not agree.
     *
     * @param node where; of a transfer any of its nodes
     * @param recorded in base units
     * @param summed in base units
     */
    public record Finding(Rule rule, NodeId node, Resource resource, long recorded, long summed) {}

    private static final int MOST = 100;

    private final JdbcClient jdbc;

    LedgerAudits(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What does not agree within the ledger, at most 100 findings; reads all of it. */
    public List<Finding> findings() {
        return found(
                """
                with summed as materialized (
                    select node, resource, side, sum(amount)::bigint as amount,
                           (array_agg(balance order by position desc))[1] as last
                    from quota_entry group by node, resource, side),
                children as (
                    select n.parent as node, a.resource,
                           sum(greatest(a.guaranteed, a.held))::bigint as amount
                    from quota_account a join quota_node n on n.id = a.node
                    where n.parent is not null group by 1, 2),
                locked as (
                    select leaf as node, resource, sum(amount)::bigint as amount
                    from quota_locked group by 1, 2),
                account as (
                    select a.*, n.parent, greatest(a.guaranteed, a.held) as commit
                    from quota_account a join quota_node n on n.id = a.node)
                select 'UNBALANCED_TRANSFER' as rule, (array_agg(node))[1] as node, resource,
                       0 as recorded, sum(amount)::bigint as summed
                from quota_entry group by transfer, resource having sum(amount) <> 0
                union all
                select 'HELD_IS_NOT_THE_SUM', a.node, a.resource, a.held,
                       coalesce(s.amount, 0) + coalesce(c.amount, 0)
                from account a
                left join summed s on s.node = a.node and s.resource = a.resource and s.side = 'HELD'
                left join children c on c.node = a.node and c.resource = a.resource
                where a.held <> coalesce(s.amount, 0) + coalesce(c.amount, 0)
                union all
                select 'FREE_IS_NOT_THE_SUM', a.node, a.resource, a.commit - a.held,
                       coalesce(s.amount, 0)
                from account a
                left join summed s on s.node = a.node and s.resource = a.resource and s.side = 'FREE'
                where a.commit - a.held <> coalesce(s.amount, 0)
                union all
                select 'CAPACITY_IS_NOT_THE_SUM', a.node, a.resource, -a.commit,
                       coalesce(s.amount, 0)
                from account a
                left join summed s on s.node = a.node and s.resource = a.resource and s.side = 'OUTSIDE'
                where a.parent is null and -a.commit <> coalesce(s.amount, 0)
                union all
                select 'LAST_BALANCE_IS_NOT_THE_SUM', node, resource, last, amount
                from summed where last <> amount
                union all
                select 'LOCKED_IS_NOT_THE_SUM', coalesce(l.node, a.node), coalesce(l.resource, a.resource),
                       coalesce(a.locked, 0), coalesce(l.amount, 0)
                from locked l
                full join account a on a.node = l.node and a.resource = l.resource
                where coalesce(a.locked, 0) <> coalesce(l.amount, 0)
                limit :most
                """);
    }

    /** Where the ledger does not agree with what it pays for, at most 100 findings. */
    public List<Finding> leases() {
        return found(
                """
                with charged as (
                    select n.id as node, a.resource, sum(a.charged - a.beside) as amount
                    from lease l join lease_amount a using (cluster, namespace)
                    join quota_node n on n.pool = l.pool and n.system = l.system group by 1, 2
                    union all
                    select n.id, a.resource, sum(a.beside)
                    from lease l join lease_amount a using (cluster, namespace)
                    join quota_node n on n.pool = l.pool and n.kind = 'INFRASTRUCTURE' group by 1, 2),
                leaf as (
                    select a.* from quota_account a join quota_node n on n.id = a.node
                    where n.kind in ('SYSTEM', 'INFRASTRUCTURE'))
                select 'HELD_IS_NOT_WHAT_LEASES_ARE_CHARGED' as rule, coalesce(a.node, c.node) as node,
                       coalesce(a.resource, c.resource) as resource, coalesce(a.held, 0) as recorded,
                       (coalesce(c.amount, 0) + coalesce(a.locked, 0))::bigint as summed
                from leaf a full join charged c on c.node = a.node and c.resource = a.resource
                where coalesce(a.held, 0) <> coalesce(c.amount, 0) + coalesce(a.locked, 0)
                limit :most
                """);
    }

    private List<Finding> found(String sql) {
        return jdbc.sql(sql)
                .param("most", MOST)
                .query((row, _) ->
                        new Finding(
                                Rule.valueOf(row.getString("rule")),
                                LedgerStore.node(row, "node"),
                                new Resource(row.getString("resource")),
                                row.getLong("recorded"),
                                row.getLong("summed")))
                .list();
    }
}
