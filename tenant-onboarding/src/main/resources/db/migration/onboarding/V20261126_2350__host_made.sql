-- How the machine of a host was made when it was last made. It was read from the machine, which whoever works
-- on its cluster can change; now that is done once, for hosts that were made before this was kept.
alter table host
    add column imported boolean,
    add column instancetype boolean,
    add column as_leased boolean,
    add constraint made_as_a_whole check (num_nulls(imported, instancetype, as_leased) in (0, 3)),
    add constraint made_by_us check (imported is null or adoption is null);
