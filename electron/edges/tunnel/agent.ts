import { holdConnection } from './connection.ts';

// The entry of the tunnel process. ngrok's SDK can hang and abort; only a process of its own can always be ended.
const { parentPort } = process;
holdConnection(
  {
    post: (event) => parentPort.postMessage(event),
    onMessage: (listener) => parentPort.on('message', ({ data }) => listener(data)),
  },
  () => process.exit(0),
);
