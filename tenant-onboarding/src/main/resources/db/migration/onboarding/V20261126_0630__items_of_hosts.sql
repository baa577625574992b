-- Items about hosts that are there: another size, a longer term, giving it back.

alter table application_item drop constraint application_item_kind_check;
alter table application_item
    add constraint application_item_kind_check check (kind in
        ('HOSTS', 'NAMESPACE', 'RESIZE', 'RENEWAL', 'RETURN')),
    add column host uuid references host,
    add column months smallint check (months between 1 and 60),
    add column from_vcpu int check (from_vcpu > 0),
    add column from_memory_gib int check (from_memory_gib > 0),
    add constraint of_a_host check ((kind in ('RESIZE', 'RENEWAL', 'RETURN')) = (host is not null)),
    add constraint renewed_for_a_while check ((kind = 'RENEWAL') = (months is not null)),
    add constraint resized_from_something check (
        (kind = 'RESIZE') = (from_vcpu is not null) and (from_vcpu is null) = (from_memory_gib is null));
create unique index application_item_host on application_item (application, revision, host) where host is not null;

-- Until when a host was applied for; from its owner's confirmation on.
alter table host add column ends_at timestamptz;
update host h set ends_at = h.confirmed_at + make_interval(months => a.term_months)
from application a where a.id = h.application and h.confirmed_at is not null;
create index host_ends on host (ends_at) where ends_at is not null and life = 'IN_USE';
