/** Reads PEM (RFC 7468), for keys of tokens and for the certificate of the server. A leaf. */
package io.stompline.pem;
