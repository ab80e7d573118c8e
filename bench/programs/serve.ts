import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { Sources } from './deliveries.ts';

/** The argument of every server under measure. */
export type Job = {
  readonly port: number;
  readonly sources: Sources;
  readonly folder: string;
  /** The provisioning file of our own receiver. */
  readonly provision: object;
  /** Milliseconds added to every sync of its disk. */
  readonly syncMs: number;
};

export const job = (): Job => JSON.parse(process.argv[2] ?? '');

/** Reports that the server listens, and from then on answers each message with the CPU time of this process in µs. */
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
