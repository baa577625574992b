-- A lease's account: what it is entitled to, what is granted, and what the ledger has charged for it.

alter table lease_amount drop constraint lease_amount_system_pool_fkey;
alter table lease_amount drop constraint lease_amount_pkey;
alter table lease drop constraint lease_pkey;
alter table lease drop constraint lease_cluster_namespace_key;
alter table lease add primary key (cluster, namespace);
alter table lease add unique (system, pool);

alter table lease drop constraint lease_epoch_check;
alter table lease add check (epoch >= 0);
alter table lease rename column observed_epoch to enforced_epoch;
alter table lease drop column reason;
alter table lease add column version bigint not null default 1 check (version > 0);
alter table lease add column enforced_at timestamptz check (enforced_at is null or enforced_epoch = epoch);
alter table lease add column idle_since timestamptz;

alter table lease_amount add column cluster text;
alter table lease_amount add column namespace text;
update lease_amount a set cluster = l.cluster, namespace = l.namespace
from lease l where l.system = a.system and l.pool = a.pool;
alter table lease_amount drop column system;
alter table lease_amount drop column pool;
alter table lease_amount add primary key (cluster, namespace, resource);
alter table lease_amount add foreign key (cluster, namespace) references lease;

-- Until now everything was granted for good, and charged when it was granted.
alter table lease_amount add column floor bigint not null default 0 check (floor >= 0);
alter table lease_amount add column entitled bigint not null default 0 check (entitled >= 0);
alter table lease_amount add column charged bigint not null default 0;
alter table lease_amount add column used bigint not null default 0 check (used >= 0); -- as last seen
update lease_amount set floor = granted, entitled = granted, charged = granted;
alter table lease_amount add constraint floor_is_granted check (floor <= granted);
alter table lease_amount add constraint what_is_granted_is_charged check (granted <= charged);

-- A transfer of a lease's account is final at once.
alter table quota_transfer drop constraint quota_transfer_phase_check;
alter table quota_transfer add check (phase in ('PENDING', 'POST', 'VOID', 'LIMIT', 'LEASE'));
alter table quota_transfer drop constraint quota_transfer_check1;
alter table quota_transfer add constraint quota_transfer_denied_check
    check (outcome = 'GRANTED' or phase in ('PENDING', 'LIMIT', 'LEASE'));

-- Set while the ledger is put together again after a restore.
create table quota_learning (
    only_one boolean primary key default true check (only_one),
    since timestamptz not null
);
