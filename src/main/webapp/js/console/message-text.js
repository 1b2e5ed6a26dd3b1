/** The body of a message as text: all of it, its first part, or as JSON to keep. */

const MAX_SHOWN_OCTETS = 512;
const MAX_FIRST_CHARS = 200;
const BINARY_TYPE = /^(image|audio|video|font)\/|^application\/(octet-stream|pdf|zip|gzip)/;

/** Whether the body is octets and not text, as its type says. */
export const isBinary = ({ headers }) => BINARY_TYPE.test(headers['content-type'] ?? '');

/** The body for people: JSON with line breaks, octets as numbers. */
export function bodyText(frame) {
  return isBinary(frame) ? hex(frame.binaryBody) : (prettyJson(frame.body) ?? frame.body);
}

/** As much of the body as fits into a line. */
export function firstPart(frame) {
  if (isBinary(frame)) {
    return `${frame.binaryBody.length} octets`;
  }
  return frame.body.slice(0, MAX_FIRST_CHARS).replace(/\s+/g, ' ').trim() || '(empty body)';
}

/** A message for a file or the clipboard; octets as base64. */
export function asJson({ frame, at }) {
  const { headers } = frame;
  return {
    received: at.toISOString(),
    headers: { ...headers },
    ...(isBinary(frame) ? { base64: base64(frame.binaryBody) } : { body: frame.body }),
  };
}

function prettyJson(text) {
  if (!/^\s*[{[]/.test(text)) {
    return null;
  }
  try {
    const pretty = JSON.stringify(JSON.parse(text), null, 2);
    // Numbers beyond 2^53 and repeated names would not survive: such a body is shown as it came.
    return withoutSpace(pretty) === withoutSpace(text) ? pretty : null;
  } catch {
    return null;
  }
}

const withoutSpace = (text) => text.replace(/\s/g, '');

function hex(octets) {
  const shown = [...octets.subarray(0, MAX_SHOWN_OCTETS)].map((octet) => octet.toString(16).padStart(2, '0')).join(' ');
  return octets.length > MAX_SHOWN_OCTETS ? `${shown} … (${octets.length} octets)` : shown;
}

function base64(octets) {
  return btoa(Array.from(octets, (octet) => String.fromCharCode(octet)).join(''));
}
