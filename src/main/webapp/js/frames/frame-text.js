/** Frames as they stand in the text of a WebSocket message: where each ends, and what its headers are. */

/** The frames in a text, each with its NUL; a text of line ends only is one heart-beat. */
export function framesIn(text) {
  const frames = [];
  let rest = text;
  while (rest !== '') {
    const start = rest.search(/[^\r\n]/);
    if (start === -1) {
      return frames.length === 0 ? [rest] : frames;
    }
    const end = start + frameEnd(rest.slice(start));
    frames.push(rest.slice(start, end));
    rest = rest.slice(end);
  }
  return frames;
}

/** The command and the headers of a frame, escaped as they came; heart-beats have the command `heart-beat`. */
export function parsed(frame) {
  if (frame.trim() === '') {
    return { command: 'heart-beat', headers: [] };
  }
  const [command, ...lines] = frame.split(/\r?\n\r?\n|\0/, 1)[0].split(/\r?\n/);
  return {
    command,
    headers: lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1)];
    }),
  };
}

/** Where the first frame of the text ends. */
function frameEnd(text) {
  const firstNul = text.indexOf('\0');
  if (firstNul === -1 || text.slice(firstNul + 1).trim() === '') {
    return text.length;
  }
  const head = text.split(/\r?\n\r?\n/, 1)[0];
  const length = /^content-length:\s*(\d+)/m.exec(head)?.[1];
  if (length === undefined || head.length > firstNul) {
    return firstNul + 1;
  }
  const bodyStart = head.length + /^\r?\n\r?\n/.exec(text.slice(head.length))[0].length;
  const end = bodyStart + charsOf(text.slice(bodyStart), Number(length));
  // A body that is not UTF-8 has another length as text.
  return text[end] === '\0' ? end + 1 : firstNul + 1;
}

/** How many characters the first octets of a text are in UTF-8. */
function charsOf(text, octets) {
  // A character is an octet or more: what is behind need not be encoded.
  const encoded = new TextEncoder().encode(text.slice(0, octets));
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(encoded.subarray(0, octets)).length;
}
