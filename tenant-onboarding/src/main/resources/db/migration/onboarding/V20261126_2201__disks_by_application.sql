-- An item that gives a host one more data disk.

alter table application_item
    drop constraint application_item_kind_check,
    drop constraint of_a_host,
    add constraint application_item_kind_check check (kind in
        ('HOSTS', 'NAMESPACE', 'RESIZE', 'DISK', 'RENEWAL', 'RETURN', 'MOVE')),
    add constraint of_a_host check (
        (kind in ('RESIZE', 'DISK', 'RENEWAL', 'RETURN', 'MOVE')) = (host is not null));
