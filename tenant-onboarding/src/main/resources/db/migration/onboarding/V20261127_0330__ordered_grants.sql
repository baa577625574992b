-- What a system's namespaces were granted because of what was ordered goes with that; what a person has granted stays
-- until a person takes it back.
alter table namespace_grant add column ordered boolean not null default false;
update namespace_grant g set ordered = true from application a
where g.code = 'LOAD_BALANCERS' and a.system = g.system and a.pool = g.pool and a.submitted_by = g.person
  and a.number = substring(g.reason from '^A[0-9]{4}-([0-9]{6,18})$')::bigint;
-- They came before this was.
delete from namespace_grant g
where ordered and not exists (
    select from lease l join lease_amount m using (cluster, namespace)
    where l.system = g.system and l.pool = g.pool and m.resource = 'publicIps' and m.entitled > 0);
