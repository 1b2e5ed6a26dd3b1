/** Descriptions of the handler methods for clients: an AsyncAPI document, and types for TypeScript. */
package io.stompline.beans.contract;
