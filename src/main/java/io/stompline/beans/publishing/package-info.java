/**
 * Publishes what beans send, in their transactions, and writes payloads as JSON.
 */
package io.stompline.beans.publishing;
