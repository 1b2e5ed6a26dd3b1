/** Values of the page as bodies of frames, and the other way round. */
import type { IFrame, StompHeaders } from '@stomp/stompjs';

/** A body as stompjs takes it. */
export interface Body {
  body?: string;
  binaryBody?: Uint8Array;
  headers: StompHeaders;
}

/** A text goes as it is, octets as octets, nothing as an empty body, and any other value as JSON. */
export function encode(payload: unknown): Body {
  if (payload instanceof Uint8Array) {
    return { binaryBody: payload, headers: { 'content-type': 'application/octet-stream' } };
  }
  return typeof payload === 'string' || payload === undefined
    ? { body: payload ?? '', headers: {} }
    : { body: JSON.stringify(payload), headers: { 'content-type': 'application/json' } };
}

/** By `content-type`: JSON as its value, `application/octet-stream` as octets, everything else as text. */
export function decode({ headers, body, binaryBody }: IFrame): unknown {
  const type = headers['content-type'] ?? '';
  if (type.startsWith('application/json')) {
    return JSON.parse(body);
  }
  return type.startsWith('application/octet-stream') ? binaryBody : body;
}
