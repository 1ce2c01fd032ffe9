-- What version 5 wrote besides: a closing that names its shift.
INSERT INTO outbox (number, server, login, kkm, kind, date, at, state, shift) VALUES (3, 'https://fiscal.example.kz', '77001112233', 77506, 'z', 1795550402000000, 1795550402123456, 'queued', 5);
-- What version 5 wrote besides: a closing by the clock that waited.
INSERT INTO scheduled_runs (number, server, kkm, name, due, begun, outcome, report, problem, owner, told, outbox) VALUES (3, 'https://fiscal.example.kz', 77505, 'Касса 1', 1795723200000000, 1795723201123456, 'closed', NULL, NULL, '', 1, 2);
