package io.stompline.security;

/**
 * Everything that decides on who gets in and what they may do there.
 *
 * @param admission how many may be in
 * @param authenticator who they are
 * @param throttle how often they may be wrong
 * @param control what they may do
 * @param queues how many queues they may bring into being
 */
public record Access(
        Admission admission,
        Authenticator authenticator,
        LoginThrottle throttle,
        AccessControl control,
        QueueQuota queues) {}
