/** Values of the page as bodies of frames, and the other way round. */
import type { IFrame, IPublishParams, StompHeaders } from '@stomp/stompjs';

const JSON_TYPE = 'application/json';
const OCTETS_TYPE = 'application/octet-stream';

/**
 * A SEND: a text goes as it is, octets as octets, nothing as an empty body, and any other value as JSON. Later changes
 * of the payload do not count.
 */
export function frameOf(destination: string, payload: unknown, headers: StompHeaders): IPublishParams {
  const typed = (type: string) => ({ destination, headers: { 'content-type': type, ...headers } });
  if (ArrayBuffer.isView(payload) || payload instanceof ArrayBuffer) {
    const { buffer = payload as ArrayBuffer, byteOffset, byteLength } = payload as Partial<ArrayBufferView>;
    return { ...typed(OCTETS_TYPE), binaryBody: new Uint8Array(buffer, byteOffset, byteLength).slice() };
  }
  if (payload instanceof Blob) {
    throw new TypeError('a Blob: send its arrayBuffer()');
  }
  return typeof payload === 'string' || payload === undefined
    ? { destination, headers, body: payload ?? '' }
    : { ...typed(JSON_TYPE), body: JSON.stringify(payload) };
}

/** By `content-type`: JSON as its value, `application/octet-stream` as octets, everything else as text. */
export function valueOf(frame: IFrame): unknown {
  const type = frame.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type === JSON_TYPE) {
    return JSON.parse(frame.body);
  }
  return type === OCTETS_TYPE ? frame.binaryBody : frame.body;
}
