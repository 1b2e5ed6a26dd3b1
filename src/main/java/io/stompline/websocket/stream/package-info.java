/**
 * The bytes of one WebSocket connection, between the servlet container and the WebSocket implementation: which frames
 * of a client are passed on, how much it may leave unread, how it ends. Rules of RFC 6455, sections 5 and 7, on the
 * streams of Jakarta Servlet; knows no server and uses no reflection.
 */
package io.stompline.websocket.stream;
