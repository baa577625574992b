-- The bureau imports the calendars of working days.
insert into role_permission (role, permission) values ('BUREAU', 'CALENDAR_EDIT');
