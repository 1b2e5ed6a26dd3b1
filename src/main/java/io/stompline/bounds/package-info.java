/**
 * Bounds for everything that clients can make grow: remembered values, {@link io.stompline.bounds.RecentMap}, log
 * lines, {@link io.stompline.bounds.OnceLog} and {@link io.stompline.bounds.Printable}, and rates, {@link
 * io.stompline.bounds.TokenBucket}. A leaf.
 */
package io.stompline.bounds;
