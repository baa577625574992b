-- A pool may have several clusters; a system has one namespace, and so one lease, on each that it runs on.

alter table lease drop constraint lease_system_pool_key;
alter table lease add unique (system, pool, cluster);

alter table host add column cluster text;
update host h set cluster = l.cluster from lease l where l.system = h.system and l.pool = h.pool;
alter table host alter column cluster set not null;
alter table host add foreign key (system, pool, cluster) references lease (system, pool, cluster);

-- Where an order went: chosen when it was approved, and for good.
alter table application add column cluster text references cluster;
update application a set cluster = l.cluster
from lease l
where l.system = a.system and l.pool = a.pool and a.state in ('APPROVED', 'DELIVERING', 'DELIVERED', 'CLOSED')
  and exists (select from cluster c where c.name = l.cluster);
