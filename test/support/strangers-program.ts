import { connect, type Socket } from 'node:net';

// Strangers in a process of their own: many connections to a port that all behave in one way and are reopened when closed. Strangers know
// one URL and no secret.

type Target = { readonly port: number; readonly path: string };
type Behaviour = (socket: Socket, target: Target) => void;

const againAfterMs = 50;

const head = ({ port, path }: Target, ...lines: string[]): string =>
  [`POST ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, ...lines, '', ''].join('\r\n');

/** Writes the same text as fast as the socket takes it, `times` in all. */
const keepWriting = (socket: Socket, text: string, times = Number.POSITIVE_INFINITY): void => {
  let left = times;
  const write = (): void => {
    while (left > 0 && socket.writable) {
      left -= 1;
      if (!socket.write(text)) return;
    }
  };
  socket.on('drain', write);
  write();
};

const chunked = 'Transfer-Encoding: chunked';

/** Sends nothing. */
const idle: Behaviour = () => {};

/** Begins a chunked body and never goes on, about 150 bytes in all. */
const slowBody: Behaviour = (socket, target) =>
  void socket.write(`${head(target, chunked)}1\r\nx\r\n`);

/** Sends small requests without waiting for an answer. */
const pipelining: Behaviour = (socket, target) => {
  const one = `${head(target, 'Content-Type: application/json', 'Content-Length: 2')}{}`;
  keepWriting(socket, one.repeat(100));
};

const mebibyte = 1024 * 1024;

/** A body of 2 MiB in chunks of one byte: 12.5 MB on the wire, the last of which never comes. */
const oneByteChunks: Behaviour = (socket, target) => {
  socket.write(head(target, chunked));
  keepWriting(socket, '1\r\nx\r\n'.repeat(4096), (2 * mebibyte) / 4096);
};

/** As large a body as is admitted, its length behind more headers than are read. */
const hiddenLength: Behaviour = (socket, target) => {
  const many = Array.from({ length: 150 }, (_, index) => `X-${index}: x`);
  socket.write(head(target, ...many, `Content-Length: ${2 * mebibyte}`));
  keepWriting(socket, 'x'.repeat(65_536), 31);
};

/** A body that stays just short of its announced length. */
const almostWhole: Behaviour = (socket, target) => {
  socket.write(head(target, `Content-Length: ${2 * mebibyte}`));
  keepWriting(socket, 'x'.repeat(65_536), 31);
};

/** A proof that consists of commas: comparing it part by part was slow. */
const commas: Behaviour = (socket, target) => {
  const one = `${head(target, `X-Hookbell-Tunnel: ${','.repeat(15_360)}`, 'Content-Length: 2')}{}`;
  keepWriting(socket, one, 8);
};

/** Posts 2 MiB with as many JSON values as are parsed, again and again. */
const manyValues: Behaviour = (socket, target) => {
  const body = `{"a":[${'1e1,'.repeat(99_000)}"${'x'.repeat(1_600_000)}"]}`;
  const length = `Content-Length: ${body.length}`;
  keepWriting(socket, `${head(target, 'Content-Type: application/json', length)}${body}`);
};

const behaviours = {
  manyValues,
  idle,
  slowBody,
  pipelining,
  oneByteChunks,
  hiddenLength,
  almostWhole,
  commas,
} satisfies Record<string, Behaviour>;
export type BehaviourName = keyof typeof behaviours;

const [port = '', path = '', count = '', name = ''] = process.argv.slice(2);
const behave = Object.entries(behaviours).find(([known]) => known === name)?.[1];
if (!behave) throw new Error(`There is no behaviour ${name}`);
const target = { port: Number(port), path };
let opened = 0;

const open = (): void => {
  const socket = connect(target.port, '127.0.0.1', () => {
    opened += 1;
    if (opened === Number(count)) process.send?.('opened');
    behave(socket, target);
  });
  socket.on('error', () => {});
  socket.resume();
  socket.on('close', () => setTimeout(open, againAfterMs));
};
for (let each = 0; each < Number(count); each += 1) open();
process.on('disconnect', () => process.exit());
