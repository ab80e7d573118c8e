import { Duplex } from 'node:stream';

/** How a stream reaches the other side; the multiplexer gives it. */
export type StreamWire = {
  readonly data: (body: Buffer, fin: boolean) => void;
  readonly credit: (bytes: number) => void;
  readonly reset: () => void;
};

const window = 256 * 1024;
const largestBody = 16 * 1024;

/** One multiplexed stream. Each side may have 256 KiB under way and gets credit for what the other has read. */
export class MuxStream extends Duplex {
  readonly #wire: StreamWire;
  #mayStillSend = window;
  #unread = 0;
  #waiting: (() => void) | null = null;
  #ended = { here: false, there: false };

  constructor(wire: StreamWire) {
    super({ allowHalfOpen: true });
    this.#wire = wire;
    // A stream may break while nobody uses it; that must not end the process.
    this.on('error', () => {});
  }

  /** Bytes from the other side. */
  receive(body: Buffer, fin: boolean): void {
    if (this.destroyed || this.#ended.there) return;
    this.#unread += body.byteLength;
    if (body.byteLength > 0) this.push(body);
    if (fin) {
      this.#ended.there = true;
      this.push(null);
    }
  }

  /** The other side has read. */
  credited(bytes: number): void {
    this.#mayStillSend += bytes;
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.();
  }

  override _read(): void {
    if (this.#unread === 0) return;
    const bytes = this.#unread;
    this.#unread = 0;
    this.#wire.credit(bytes);
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    let rest = chunk;
    while (rest.byteLength > 0 && this.#mayStillSend > 0) {
      const length = Math.min(rest.byteLength, this.#mayStillSend, largestBody);
      this.#mayStillSend -= length;
      this.#wire.data(rest.subarray(0, length), false);
      rest = rest.subarray(length);
    }
    if (rest.byteLength === 0) done();
    else this.#waiting = () => this._write(rest, 'buffer', done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#ended.here = true;
    this.#wire.data(Buffer.alloc(0), true);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (!(this.#ended.here && this.#ended.there)) this.#wire.reset();
    done(error);
  }
}
