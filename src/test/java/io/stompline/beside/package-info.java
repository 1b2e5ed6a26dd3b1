/** An application deployed beside Stompline, for tests: it uses Jakarta Messaging and no class of Stompline. */
package io.stompline.beside;
