CREATE TABLE stompline_inbox (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_name VARCHAR(255) NOT NULL,
  destination VARCHAR(255) NOT NULL,
  headers MEDIUMBLOB NOT NULL,
  body LONGBLOB NOT NULL,
  created BIGINT NOT NULL,
  expires BIGINT NOT NULL,
  INDEX stompline_inbox_address (user_name, destination, id),
  INDEX stompline_inbox_expires (expires)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;
