/** The user of an HTTP request, as the container of Jakarta EE knows it. */
package io.stompline.security.container;
