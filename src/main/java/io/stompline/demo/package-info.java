/**
 * The parts that only the demo WAR has: accounts, and the beans behind the pages in {@code src/demo}, each of which
 * shows one idea. The beans are written as an application would write them: they import only {@code api} of Stompline.
 * Only {@link io.stompline.demo.BrokerInThisJvm} knows OpenMQ, to be cut off from it. Never part of {@code
 * stompline.war}.
 */
package io.stompline.demo;
