/**
 * How promptly this node and the others hear messages ({@link io.stompline.history.lag.LagReports}): whether a position
 * of another node means the same moment here. Knows nothing of what is kept.
 */
package io.stompline.history.lag;
