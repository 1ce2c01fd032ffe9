-- What version 4 wrote besides: rows in the tables that are new in it.
INSERT INTO sightings (server, kkm, login, name, address, znm, rnm, seen, state, overdue_at) VALUES ('https://fiscal.example.kz', 77505, '77001112233', 'Касса 1', 'Алматы, Абая 1', 'SWK00032685', '600400123456', 1795550501123456, 'open', 1795600000000000);
INSERT INTO schedules (server, kkm, name, login, at, since, checked) VALUES ('https://fiscal.example.kz', 77505, 'Касса 1', '77001112233', 1320, 1795550501123456, 1795550501123456);
INSERT INTO scheduled_runs (number, server, kkm, name, due, begun, outcome, report, problem, owner, told) VALUES (1, 'https://fiscal.example.kz', 77505, 'Касса 1', 1795550400000000, 1795550401123456, 'closed', 1, NULL, '', 1);
INSERT INTO scheduled_runs (number, server, kkm, name, due, begun, outcome, report, problem, owner, told) VALUES (2, 'https://fiscal.example.kz', 77505, 'Касса 1', 1795636800000000, 1795640000123456, 'missed', NULL, NULL, '', 0);
