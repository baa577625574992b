-- Who writes templates of applications: units their own, the platform and the bureau those for everybody.
insert into role_permission (role, permission)
select code, 'TEMPLATE_EDIT' from role
where code in ('UNIT_STAFF', 'UNIT_OWNER', 'PLATFORM_OPERATOR', 'BUREAU');
