/**
 * The rights of the caller of one connection, now ({@link io.stompline.session.rights.Rights}) and later ({@link
 * io.stompline.session.rights.DueRecheck}).
 */
package io.stompline.session.rights;
