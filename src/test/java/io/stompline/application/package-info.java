/** An application of somebody's own, for tests: beans that import nothing of Stompline but {@code io.stompline.api}. */
package io.stompline.application;
