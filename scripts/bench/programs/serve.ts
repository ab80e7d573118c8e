import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { Endpoints } from './deliveries.ts';

/** How a server under measure is started: what the benchmark gives it as its only argument. */
export type Job = {
  readonly port: number;
  readonly endpoints: Endpoints;
  readonly folder: string;
  /** For our own receiver. */
  readonly provision: object;
  /** Milliseconds added to every sync of its disk. */
  readonly syncMs: number;
};

export const job = (): Job => JSON.parse(process.argv[2] ?? '');

/** Says that deliveries can come, and from then on how much CPU this process has used whenever it is asked. */
export const ready = (): void => {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.(user + system);
  });
  process.once('disconnect', () => process.exit());
  process.send?.('ready');
};

/** A plain HTTP server on loopback. */
export const serve = (listener: RequestListener): void => {
  createServer(listener).listen(job().port, '127.0.0.1', ready);
};

export const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
};
