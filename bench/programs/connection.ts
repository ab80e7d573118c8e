import { connect } from 'node:net';

export type Connection = {
  /** The bytes of the next request; null ends the sending. */
  readonly next: () => Uint8Array | null;
  readonly answered: (ms: number) => void;
  readonly ended: () => void;
  readonly failed: (problem: string) => void;
};

/**
 * Sends one request at a time over one connection, and opens a new one when the server closes it. It parses no more of HTTP than the
 * length of an answer: on two cores, the sender's own cost distorts what it measures.
 */
export function keepSending(port: number, { next, answered, ended, failed }: Connection): void {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let received = '';
  let sentAt = 0;
  let done = false;

  const send = () => {
    const request = next();
    if (!request) {
      done = true;
      socket.destroy();
      ended();
      return;
    }
    sentAt = performance.now();
    socket.write(request);
  };

  socket.on('connect', send);
  socket.on('error', (error) => failed(error.message));
  socket.on('close', () => {
    if (!done) failed('the server hung up');
  });
  socket.on('data', (chunk) => {
    received += chunk.toString('latin1');
    const headEnd = received.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const [, length] = /\r\ncontent-length: *(\d+)/i.exec(received) ?? [];
    if (length === undefined) return failed(`no length in ${received}`);
    if (received.length < headEnd + 4 + Number(length)) return;

    answered(performance.now() - sentAt);
    if (!isTaken(received)) failed(`not taken: ${received}`);
    const closes = /\r\nconnection: *close/i.test(received);
    received = '';
    if (!closes) return send();
    done = true;
    socket.destroy();
    keepSending(port, { next, answered, ended, failed });
  });
}

/** A duplicate is cheap to answer and would flatter the figure. */
const isTaken = (answer: string) =>
  answer.startsWith('HTTP/1.1 200') && !answer.includes('"duplicate"');
