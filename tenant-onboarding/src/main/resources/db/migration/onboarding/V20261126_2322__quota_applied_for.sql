-- An item by which a unit applies for more quota.

alter table application_item
    drop constraint application_item_kind_check,
    drop constraint application_item_vcpu_check,
    drop constraint application_item_memory_gib_check,
    add constraint application_item_kind_check check (kind in
        ('HOSTS', 'NAMESPACE', 'RESIZE', 'DISK', 'RENEWAL', 'RETURN', 'MOVE', 'NAMESPACE_RETURN', 'ZONE', 'QUOTA')),
    add constraint application_item_vcpu_check check (
        vcpu > 0 or kind in ('NAMESPACE_RETURN', 'ZONE', 'QUOTA') and vcpu = 0),
    add constraint application_item_memory_gib_check check (
        memory_gib > 0 or kind in ('NAMESPACE_RETURN', 'ZONE', 'QUOTA') and memory_gib = 0),
    add constraint more_of_something check (
        kind <> 'QUOTA' or vcpu + memory_gib + storage_gib > 0);
