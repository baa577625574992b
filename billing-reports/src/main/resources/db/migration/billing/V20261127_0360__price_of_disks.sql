-- What disks cost, by storage class: what hosts keep beside the size that a package prices. A book may price none.
create table price_disk (
    book text not null references price_book,
    storage_class text not null check (storage_class ~ '^[a-z0-9][a-z0-9.-]{0,31}$'),
    yuan_per_gib_month numeric(10, 2) not null check (yuan_per_gib_month >= 0),
    primary key (book, storage_class)
);
create trigger append_only before update or delete or truncate on price_disk
    for each statement execute function refuse_change_of_figures();
create trigger close_price_book before insert on price_disk for each row execute function close_price_book();
