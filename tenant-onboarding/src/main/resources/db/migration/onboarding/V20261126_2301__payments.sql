-- Which transfer has paid for a command: not always the one that its id says, for that one may have been denied before.

alter table host_command add column payment uuid;
