-- What was found on clusters by the latest look and is not in the register. Nothing is done about it.
create table finding (
    cluster text not null references cluster,
    uid text not null check (length(uid) between 1 and 253),
    kind text not null check (kind in ('ORPHAN', 'UNMANAGED')),
    namespace text not null,
    host text not null, -- empty: the namespace itself
    hosts int not null check (hosts >= 0),
    vcpu int not null check (vcpu >= 0),
    memory_bytes bigint not null check (memory_bytes >= 0),
    since timestamptz not null,
    primary key (cluster, uid)
);
create index finding_in_order on finding (cluster, namespace, host);
