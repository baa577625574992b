-- Notices say by a parameter what their words have said for themselves until now.
update notice set parameters = parameters || '1'::text where kind = 'APPLICATION_REMINDER' and cardinality(parameters) = 2;
update notice set parameters = parameters || '10'::text where kind = 'DELIVERY_DEEMED' and cardinality(parameters) = 2;
update notice set parameters = parameters || '48'::text where kind = 'RECLAIM_REMINDER' and cardinality(parameters) = 3;
