-- For which exemption a host was left out of a month. Null: for none, or from before it was kept.
alter table ranking_host
    add column exemption uuid references exemption,
    add check (exemption is null or exclusion not in ('NOT_CONFIRMED', 'RECENTLY_CONFIRMED'));
