-- A namespace that was closed, and that its cluster has all the same.
alter table lease
    drop constraint lease_tenure_check,
    add constraint lease_tenure_check check (tenure in ('HELD', 'CLOSING', 'CLOSED', 'FOUND'));

-- Whoever asks which leases there are asks this: of one that is closed nothing is there.
create view living_lease as select * from lease where tenure <> 'CLOSED';
