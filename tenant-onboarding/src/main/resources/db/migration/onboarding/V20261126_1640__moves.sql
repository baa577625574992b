-- An item that makes a host anew in another pool, and the host that stands in the place of another.

alter table application_item
    drop constraint application_item_kind_check,
    drop constraint of_a_host,
    add column from_pool text,
    add column disks jsonb,
    add constraint application_item_kind_check check (kind in
        ('HOSTS', 'NAMESPACE', 'RESIZE', 'RENEWAL', 'RETURN', 'MOVE')),
    add constraint of_a_host check (
        (kind in ('RESIZE', 'RENEWAL', 'RETURN', 'MOVE')) = (host is not null)),
    add constraint moved_from_somewhere check (
        (kind = 'MOVE') = (from_pool is not null) and (from_pool is null) = (disks is null));

alter table host
    add column replaces uuid references host,
    add constraint replaces_another check (replaces <> id);
create index host_replaces on host (replaces) where replaces is not null;
