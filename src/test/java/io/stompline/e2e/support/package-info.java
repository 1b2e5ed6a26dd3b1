/** What the end-to-end tests work with: clients, browsers, servers and a ledger of messages. No tests. */
package io.stompline.e2e.support;
