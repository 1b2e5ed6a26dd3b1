/**
 * What the demo WAR has beyond the product: accounts to play with and the beans behind the pages in {@code
 * src/demo/webapp}, each of which shows one idea. They are written as an application would write them: all they know of
 * Stompline is its {@code api} package. Never part of {@code stompline.war}.
 */
package io.stompline.demo;
