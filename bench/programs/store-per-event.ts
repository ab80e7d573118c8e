import { randomUUID } from 'node:crypto';
import Conf from 'conf';
import { bodyOf, job, serve } from './serve.ts';

// One `set()` an event into one file, as the readme of electron-store shows. `conf` is its engine.
const store = new Conf<Record<string, unknown>>({ cwd: job().folder, configName: 'events' });

serve(async (request, response) => {
  const body = await bodyOf(request);
  store.set(randomUUID(), JSON.parse(body.toString('utf8')));
  response.writeHead(200, { 'content-length': 2 }).end('OK');
});
