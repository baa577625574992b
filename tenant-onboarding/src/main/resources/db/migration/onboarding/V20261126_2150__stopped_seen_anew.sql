-- That a host stands still is announced when it is first seen to. Those that were seen before that was so are looked at
-- anew: their clusters show within one sweep that they are stopped.
update host set state = 'PROVISIONING'
where state = 'STOPPED' and not running and delivered_at is not null;
