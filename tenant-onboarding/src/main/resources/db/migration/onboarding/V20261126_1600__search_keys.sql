-- What a text is looked for by: of the pairs of its characters the last four. Each more is one more list in which
-- every candidate is looked up, and those at the beginning of a code are in every text; what they would have told
-- apart is told by the text itself. A text of one character by that.
create function search_keys(text text) returns int[] language sql immutable strict parallel safe cost 2000
return case
    when length(text) = 1 then search_grams(text, true)
    else search_grams(right(text, 5), false)
end;
