/**
 * The file of users: names, hashes of passcodes and roles, for those who have no identity store. Which connections may
 * be tried, and how often, is the business of {@code security}.
 */
package io.stompline.security.users;
