-- Namespaces that bear our label on a cluster and are nobody's in the register, found while the ledger learns after
-- a restore: it does not end before somebody has said what becomes of each.
create table quota_unclaimed (
    cluster text not null,
    namespace text not null,
    primary key (cluster, namespace)
);
