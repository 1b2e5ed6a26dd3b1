/** Warns, when the application is deployed, of what it has for clients and nobody calls. */
package io.stompline.beans.unheard;
