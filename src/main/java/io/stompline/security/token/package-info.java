/**
 * Bearer tokens: {@link io.stompline.security.token.JwtVerifier} checks a JSON Web Token (RFC 7519, with the advice of
 * RFC 8725) by the keys of {@link io.stompline.security.token.KeyRing}.
 *
 * <p>Signatures and the format of tokens and keys are the business of Nimbus JOSE + JWT, which Payara has. How a
 * connection lives with its token is not the business of this package.
 */
package io.stompline.security.token;
