package io.stompline.api;

/**
 * How much a node has to do.
 *
 * @param clients how many are connected and logged in
 * @param subscriptions how many they have
 * @param framesReceived how many frames came from clients since the node started, heart-beats not counted
 * @param messagesSent how many messages were queued for clients since then
 */
public record StompStatistics(int clients, int subscriptions, long framesReceived, long messagesSent) {}
