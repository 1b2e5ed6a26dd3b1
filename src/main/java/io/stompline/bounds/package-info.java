/**
 * Bounds for what strangers can make grow: what is remembered, {@link io.stompline.bounds.RecentMap}, and what is
 * logged, {@link io.stompline.bounds.OnceLog}. A leaf.
 */
package io.stompline.bounds;
