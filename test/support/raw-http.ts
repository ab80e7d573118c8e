import { connect } from 'node:net';

/** Sends raw bytes, and returns what the server sent until it closed the connection or `enough` had come. */
export const raw = (port: number, parts: readonly string[], enough = /$^/) =>
  new Promise<string>((resolve, reject) => {
    let said = '';
    const socket = connect(port, '127.0.0.1', () => {
      for (const part of parts) socket.write(part);
    });
    socket.on('data', (chunk) => {
      said += chunk;
      if (enough.test(said)) socket.destroy();
    });
    socket.on('close', () => resolve(said));
    socket.on('error', (error) => (said ? resolve(said) : reject(error)));
  });

export const statusesIn = (said: string) =>
  [...said.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));

export const host = (port: number) => `Host: 127.0.0.1:${port}\r\n`;
