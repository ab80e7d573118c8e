import { holdConnection } from './connection.ts';

// The tunnel process starts here: ngrok's SDK can hang and abort, and only a process of its own can be ended whatever it does.
const { parentPort } = process;
holdConnection(
  {
    post: (said) => parentPort.postMessage(said),
    onMessage: (listener) => parentPort.on('message', ({ data }) => listener(data)),
  },
  () => process.exit(0),
);
