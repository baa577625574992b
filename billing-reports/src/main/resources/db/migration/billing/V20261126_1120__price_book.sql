-- What hosts cost from a day on, until the next approved book takes effect: no gap and no overlap. Proposed by one, decided by
-- another, and never changed after.
create table price_book (
    id text primary key check (id ~ '^[a-z0-9][a-z0-9.-]{0,62}$'),
    effective_from date not null, -- in Asia/Shanghai
    basis text not null check (length(basis) between 1 and 500),
    state text not null check (state in ('PROPOSED', 'APPROVED', 'REJECTED')),
    proposed_by uuid not null,
    proposed_by_name text not null check (length(proposed_by_name) between 1 and 100),
    proposed_at timestamptz not null,
    decided_by uuid check (decided_by <> proposed_by),
    decided_by_name text check (length(decided_by_name) between 1 and 100),
    decided_at timestamptz,
    check (num_nulls(decided_by, decided_by_name, decided_at) = case state when 'PROPOSED' then 3 else 0 end)
);
create unique index price_book_effective on price_book (effective_from) where state = 'APPROVED';
create trigger keep_decision before update or delete on price_book for each row execute function keep_decision();

create table price_package (
    book text not null references price_book,
    vcpu int not null check (vcpu > 0),
    memory_gib int not null check (memory_gib > 0),
    yuan_per_month numeric(10, 2) not null check (yuan_per_month >= 0),
    primary key (book, vcpu, memory_gib)
);
create trigger append_only before update or delete or truncate on price_package
    for each statement execute function refuse_change_of_figures();

-- A book gets its prices in the transaction that proposes it, and none afterwards.
create function close_price_book() returns trigger language plpgsql as $$
begin
    if not exists (select from price_book b where b.id = new.book and b.xmin = pg_current_xact_id()::xid) then
        raise exception 'price book % is closed', new.book using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger close_price_book before insert on price_package for each row execute function close_price_book();
