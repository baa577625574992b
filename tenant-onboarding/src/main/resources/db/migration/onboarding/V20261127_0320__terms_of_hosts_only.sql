-- Only hosts have a term. An application that makes none is handed in without; what those before it
-- have said is left as it was, and was never of any effect.
alter table application alter column term_months drop not null;
alter table application_revision alter column term_months drop not null;
