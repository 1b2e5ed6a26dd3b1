/**
 * Reports of refusals and of the acts of administrators, for an operator: lines in the log, and calls of a
 * listener, bounded in number.
 */
package io.stompline.security.audit;
