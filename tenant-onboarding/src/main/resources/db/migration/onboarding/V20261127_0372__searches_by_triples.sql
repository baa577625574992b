-- What has three characters or more is looked for by its triples: a pair of them is found in many times as many applications, and the
-- lists of all the pairs of a text had to be read to their ends.
drop index application_search_grams;
alter table application_search drop column grams;
drop function search_keys(text);
drop function search_grams(text, boolean);

-- Runs of so many characters up to three, as numbers. Two runs may have the same number, which only costs a look at the text.
create function search_grams(text text, shortest int) returns int[] language sql immutable strict parallel safe cost 2000
return (
    with run as (
        select ascii(each.c)::bigint as one, lead(ascii(each.c)::bigint) over (order by at) as two,
               lead(ascii(each.c)::bigint, 2) over (order by at) as three
        from unnest(string_to_array(text, null)) with ordinality as each (c, at)
    ), gram as (
        select one as code from run where shortest = 1
        union
        select (one << 21) | two from run where shortest <= 2
        union
        select (one << 42) | (two << 21) | three from run
    )
    select coalesce(array_agg((code % 2147483647)::int), '{}') from gram where code is not null
);

-- What to look for, of a text in small letters: its longest runs. Of a long text the last five characters are enough, and the first are
-- what applications begin with alike.
create function search_keys(text text) returns int[] language sql immutable strict parallel safe cost 2000
return search_grams(right(text, 5), least(length(text), 3));

alter table application_search add column grams int[] not null
    generated always as (search_grams(text, 1) || search_month(submitted_at)) stored;
create index application_search_grams on application_search using gin (grams) with (fastupdate = off);
