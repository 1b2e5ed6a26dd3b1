/**
 * The file of access rules: reads it and decides by it. {@link io.stompline.security.rules.RuledAccess} is put before
 * the application's {@link io.stompline.security.AccessControl}.
 *
 * <p>Where the file is found, and where checks come from, is not its business.
 */
package io.stompline.security.rules;
