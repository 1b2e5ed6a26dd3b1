/**
 * Reads a stream of events, in whatever pieces it comes: as much of `text/event-stream` as Stompline writes, with lines
 * that end with LF and a blank after the colon.
 *
 * @param onEvent called with the type, `message` if the event names none, and its lines; `ping` for the comment that asks
 *   for a sign of life
 * @returns takes the next piece
 */
export function eventReader(onEvent: (type: string, data: string) => void): (piece: string) => void {
  let rest = '';
  return (piece) => {
    const events = (rest + piece).split('\n\n');
    rest = events.pop() as string;
    for (const event of events) {
      const lines = event.split('\n');
      const values = (name: string) =>
        lines.filter((line) => line.startsWith(name)).map((line) => line.slice(name.length));
      const data = values('data: ');
      if (data.length) {
        onEvent(values('event: ')[0] ?? 'message', data.join('\n'));
      } else if (event === ': ping') {
        onEvent('ping', '');
      }
    }
  };
}
