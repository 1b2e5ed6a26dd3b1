CREATE TABLE stompline_inbox (
  id NUMBER(19) GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_name VARCHAR2(255 CHAR) NOT NULL,
  destination VARCHAR2(255 CHAR) NOT NULL,
  headers BLOB NOT NULL,
  body BLOB,
  created NUMBER(19) NOT NULL,
  expires NUMBER(19) NOT NULL
);
CREATE INDEX stompline_inbox_address ON stompline_inbox (user_name, destination, id);
CREATE INDEX stompline_inbox_expires ON stompline_inbox (expires);
