-- What version 5 wrote besides: a closing that names its shift.
INSERT INTO outbox (number, server, login, kkm, kind, date, at, state, shift) VALUES (3, 'https://fiscal.example.kz', '77001112233', 77506, 'z', 1795550402000000, 1795550402123456, 'queued', 5);
