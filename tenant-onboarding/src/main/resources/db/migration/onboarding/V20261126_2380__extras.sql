-- Whatever else is counted can be asked for a namespace, by itself too: devices, public addresses, numbers of objects.

-- Whether each amount of one is above zero and no more than the other has of it.
create function amounts_within(part jsonb, whole jsonb) returns boolean language sql immutable
    return (select coalesce(bool_and(value::bigint between 1 and coalesce((whole ->> key)::bigint, 0)), true)
            from jsonb_each_text(part));

alter table application_item
    add column extras jsonb not null default '{}',
    add column approved_extras jsonb,
    drop constraint application_item_vcpu_check,
    drop constraint application_item_memory_gib_check,
    drop constraint more_of_something;
update application_item set approved_extras = '{}' where approved_count is not null;
alter table application_item
    add constraint application_item_vcpu_check check (
        vcpu > 0 or kind in ('NAMESPACE', 'NAMESPACE_RETURN', 'ZONE', 'QUOTA') and vcpu = 0),
    add constraint application_item_memory_gib_check check (
        memory_gib > 0 or kind in ('NAMESPACE', 'NAMESPACE_RETURN', 'ZONE', 'QUOTA') and memory_gib = 0),
    add constraint extras_are_amounts check (amounts_within(extras, extras)),
    add constraint extras_of_a_namespace check (kind = 'NAMESPACE' or extras = '{}'),
    add constraint more_of_something check (
        kind not in ('NAMESPACE', 'QUOTA') or vcpu + memory_gib + storage_gib > 0 or extras <> '{}'),
    add constraint approved_no_more check (amounts_within(approved_extras, extras)),
    add constraint approved_extras_as_well check ((approved_count is null) = (approved_extras is null));
