/** What the demo WAR has beyond the product: accounts to play with. Never part of {@code stompline.war}. */
package io.stompline.demo;
