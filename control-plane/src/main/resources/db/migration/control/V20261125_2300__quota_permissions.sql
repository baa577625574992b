-- Whoever reads the register reads the quota that it led to, as far as it is his; limits are set by the
-- platform.
insert into role_permission (role, permission)
select role, 'QUOTA_READ' from role_permission where permission = 'REGISTER_READ'
union all
select code, 'QUOTA_LIMIT' from role where code = 'PLATFORM_OPERATOR';
