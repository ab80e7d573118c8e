import { randomUUID } from 'node:crypto';
import Conf from 'conf';
import { bodyOf, job, serve } from './serve.ts';

// `conf` is the engine of electron-store: one `set()` for each event, into one file, as its readme shows.
const store = new Conf<Record<string, unknown>>({ cwd: job().folder, configName: 'events' });

serve(async (request, response) => {
  const body = await bodyOf(request);
  store.set(randomUUID(), JSON.parse(body.toString('utf8')));
  response.writeHead(200, { 'content-length': 2 }).end('OK');
});
