import { createServer, type Server } from 'node:net';

/** An Xauthority file. */
export const authorityOf = (
  ...entries: readonly { number: string; key: string; name?: string }[]
): Buffer =>
  Buffer.concat(
    entries.flatMap(({ number, key, name = 'MIT-MAGIC-COOKIE-1' }) => [
      Buffer.from([1, 0]),
      ...['localhost', number, name, key].map(field),
    ]),
  );

const field = (text: string): Buffer => {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(text.length);
  return Buffer.concat([length, Buffer.from(text, 'latin1')]);
};

/** The handshake of an X server, which admits clients with its key. `display` is its name for DISPLAY. */
export const openXServer = async (
  key: string | null,
): Promise<Disposable & { readonly display: string; readonly number: number }> => {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (said) => {
      const fits = key === null || said.includes(key, 0, 'latin1');
      socket.write(Buffer.from([fits ? 1 : 0, 0, 11, 0, 0, 0, 0, 0]));
    });
  });
  const number = await listenOnFree(server);
  return {
    number,
    display: `127.0.0.1:${number}.0`,
    [Symbol.dispose]: () => void server.close(),
  };
};

/** Displays are ports from 6000 on. */
const listenOnFree = async (server: Server): Promise<number> => {
  for (let number = 2000; ; number += 1) {
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(6000 + number, '127.0.0.1', () => resolve(true));
    });
    if (isFree) return number;
  }
};
