import { serve } from './serve.ts';

// The floor: reads a request to its end, answers 200 and stores nothing.
serve((request, response) => {
  request.resume();
  request.on('end', () => response.writeHead(200, { 'content-length': 2 }).end('OK'));
});
