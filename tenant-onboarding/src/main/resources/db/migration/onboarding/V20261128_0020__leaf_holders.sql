-- A leaf has no nodes below it: who held what there, its leases and what orders had locked, is kept with a refusal, too.
alter table quota_shortfall add column leaf jsonb not null default '{"leases": [], "locks": [], "others": 0}';
alter table quota_shortfall alter column leaf drop default;

-- Of refusals until now the entries tell how much that was, and not of whom.
alter table quota_shortfall disable trigger append_only;
update quota_shortfall s set leaf = jsonb_set(s.leaf, '{others}', to_jsonb(coalesce((
    select e.balance from quota_entry e
    where e.node = s.node and e.resource = s.resource and e.side = 'HELD'
      and e.at <= (select t.at from quota_transfer t where t.id = s.transfer)
    order by e.at desc, e.position desc limit 1), 0)))
from quota_node n where n.id = s.node and n.kind in ('SYSTEM', 'INFRASTRUCTURE');
alter table quota_shortfall enable trigger append_only;
