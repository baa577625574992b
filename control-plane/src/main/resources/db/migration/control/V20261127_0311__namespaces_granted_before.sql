-- What namespaces were granted before the meter was told of it: known to be so since their lease was seen enforced as it is, or, where
-- that is on its way, since the ledger last did anything.
insert into namespace_allotment (cluster, namespace, system, cpu_millis, memory_bytes, storage_bytes, during)
select cluster, namespace, system, cpu, memory, storage, tstzrange(since, null)
from (
    select l.cluster, l.namespace, l.system,
        coalesce(sum(greatest(0, a.entitled - a.floor)) filter (where a.resource = 'cpuMillis'), 0) as cpu,
        coalesce(sum(greatest(0, a.entitled - a.floor)) filter (where a.resource = 'memoryBytes'), 0) as memory,
        coalesce(sum(greatest(0, a.entitled - a.floor)) filter (where a.resource like 'storageBytes/%'), 0) as storage,
        coalesce(l.enforced_at, (select max(at) from quota_transfer)) as since
    from lease l join lease_amount a using (cluster, namespace)
    group by l.cluster, l.namespace) granted
where greatest(cpu, memory, storage) > 0 and since is not null;
