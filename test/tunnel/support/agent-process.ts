import { holdConnection } from '../../../electron/edges/tunnel/connection.ts';

// The tunnel process as a plain Node child: all of it is real but the way its messages travel.
process.on('disconnect', () => process.exit(0));
holdConnection(
  {
    post: (event) => void process.send?.(event),
    onMessage: (listener) => process.on('message', listener),
  },
  () => process.exit(0),
);
