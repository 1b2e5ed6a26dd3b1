package io.stompline.security.users;

import java.util.Set;

/**
 * One line of the file of users.
 *
 * @param name as a client gives it in {@code login}
 */
record User(String name, PasscodeHash hash, Set<String> roles) {}
