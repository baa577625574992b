-- An item that hands back room of a namespace, or the whole of it, and namespaces that go.

alter table application_item
    drop constraint application_item_kind_check,
    drop constraint application_item_vcpu_check,
    drop constraint application_item_memory_gib_check,
    drop constraint application_item_check2, -- approved_vcpu
    drop constraint application_item_check3, -- approved_memory_gib
    add column cluster text,
    add constraint application_item_kind_check check (kind in
        ('HOSTS', 'NAMESPACE', 'RESIZE', 'DISK', 'RENEWAL', 'RETURN', 'MOVE', 'NAMESPACE_RETURN')),
    -- Of what is handed back one may be named without the other; of a whole namespace none is.
    add constraint application_item_vcpu_check check (
        vcpu > 0 or kind = 'NAMESPACE_RETURN' and vcpu = 0),
    add constraint application_item_memory_gib_check check (
        memory_gib > 0 or kind = 'NAMESPACE_RETURN' and memory_gib = 0),
    add constraint application_item_approved_vcpu_check check (
        approved_vcpu between least(1, vcpu) and vcpu),
    add constraint application_item_approved_memory_gib_check check (
        approved_memory_gib between least(1, memory_gib) and memory_gib),
    add constraint handed_back_somewhere check ((kind = 'NAMESPACE_RETURN') = (cluster is not null)),
    add constraint handed_back_in_part_or_whole check (
        kind <> 'NAMESPACE_RETURN' or (storage_class = 'none') = (vcpu + memory_gib + storage_gib = 0));
create unique index application_item_namespace on application_item (application, revision, cluster)
    where cluster is not null;

alter table lease add column tenure text not null default 'HELD'
    check (tenure in ('HELD', 'CLOSING', 'CLOSED'));
