/** What clients may send and get, made from the handler methods: an AsyncAPI document, and types for TypeScript. */
package io.stompline.beans.contract;
