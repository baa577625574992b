-- An item by which a system changes to the zone of the application's pool.

alter table application_item
    drop constraint application_item_kind_check,
    drop constraint application_item_vcpu_check,
    drop constraint application_item_memory_gib_check,
    add column from_zone text check (from_zone ~ '^[a-z][a-z0-9]{0,15}$'),
    add constraint application_item_kind_check check (kind in
        ('HOSTS', 'NAMESPACE', 'RESIZE', 'DISK', 'RENEWAL', 'RETURN', 'MOVE', 'NAMESPACE_RETURN', 'ZONE')),
    add constraint application_item_vcpu_check check (
        vcpu > 0 or kind in ('NAMESPACE_RETURN', 'ZONE') and vcpu = 0),
    add constraint application_item_memory_gib_check check (
        memory_gib > 0 or kind in ('NAMESPACE_RETURN', 'ZONE') and memory_gib = 0),
    add constraint changed_from_a_zone check ((kind = 'ZONE') = (from_zone is not null));
