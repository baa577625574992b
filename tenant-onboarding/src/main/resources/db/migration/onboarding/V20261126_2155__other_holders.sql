-- Of those who hold what a level is short of, the largest are named; what all the others hold together is kept beside.
alter table quota_shortfall
    add column others bigint not null default 0 constraint others_hold_something check (others >= 0);

-- A node's refusals are looked for, of which leases that ask again and again leave many.
create index quota_shortfall_of_node on quota_shortfall (node, transfer);
create index quota_leg_of_leaf on quota_leg (leaf, transfer);
