/**
 * Bounds for what strangers can make grow: what is remembered, {@link io.stompline.bounds.RecentMap}, what is logged,
 * {@link io.stompline.bounds.OnceLog}, and how much comes in a second, {@link io.stompline.bounds.TokenBucket}. A leaf.
 */
package io.stompline.bounds;
