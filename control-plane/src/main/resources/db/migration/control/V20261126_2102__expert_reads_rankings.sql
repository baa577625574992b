-- Whoever gives an opinion on an order sees how the unit uses what it has, as whoever reviews it.
insert into role_permission (role, permission) values ('EXPERT', 'RANKING_READ');
