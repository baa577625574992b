-- A text that is found often is looked for month by month, from where the page begins and no further than it is full: so what it is
-- found by has its month beside the pairs of its characters. Those are no negative numbers.
create function search_month(moment timestamptz) returns int language sql immutable strict parallel safe
return - 1 - floor(extract(epoch from moment - timestamptz '2000-01-01 00:00:00Z') / 2629800)::int;

drop index application_search_grams;
alter table application_search drop column grams;
alter table application_search add column grams int[] not null
    generated always as (search_grams(text, true) || search_month(submitted_at)) stored;
create index application_search_grams on application_search using gin (grams) with (fastupdate = off);
