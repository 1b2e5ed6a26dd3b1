CREATE TABLE IF NOT EXISTS stompline_inbox (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_name VARCHAR(255) NOT NULL,
  destination VARCHAR(255) NOT NULL,
  headers BLOB NOT NULL,
  body BLOB NOT NULL,
  created BIGINT NOT NULL,
  expires BIGINT NOT NULL
);
CREATE INDEX IF NOT EXISTS stompline_inbox_address ON stompline_inbox (user_name, destination, id);
CREATE INDEX IF NOT EXISTS stompline_inbox_expires ON stompline_inbox (expires);
