/** What the container of Jakarta EE knows of the user of an HTTP request. */
package io.stompline.security.container;
