/** Reads times as people write them, for settings and for rules. A leaf. */
package io.stompline.time;
