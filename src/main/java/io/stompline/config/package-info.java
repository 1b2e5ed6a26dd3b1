/** The settings of this node: read once, checked, all faults reported together. A leaf. */
package io.stompline.config;
