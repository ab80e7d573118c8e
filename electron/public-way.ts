import type { openGaps } from './insight/gaps.ts';
import { createTunnel } from './tunnel/tunnel.ts';
import { createTunnelWatch } from './tunnel-watch.ts';
import { createWayIn, type WayInOptions } from './way-in.ts';
import type { Edges } from './world.ts';

export type PublicWayOptions = Pick<
  WayInOptions,
  'settings' | 'vault' | 'receiver' | 'refusing'
> & {
  readonly edges: Pick<Edges, 'tunnel' | 'now' | 'later' | 'log' | 'random'>;
  readonly gaps: ReturnType<typeof openGaps>;
  /** There has been no way in for five minutes. */
  readonly onDown: () => void;
  readonly onChange: () => void;
};

/** The tunnel, what follows from how it does, and the way in as the rest of the app sees it. */
export const openPublicWay = (options: PublicWayOptions) => {
  const { edges, settings, gaps, onDown, onChange } = options;
  const { now, later, log, random } = edges;
  const tunnelWatch = createTunnelWatch({
    ...{ settings, gaps, later, now },
    onDown: () => {
      onDown();
      onChange();
    },
  });
  const tunnel = createTunnel({
    ...edges.tunnel,
    ...{ now, later, log, token: random.token },
    onChange: (state) => {
      tunnelWatch.follow(state);
      onChange();
    },
  });
  const wayIn = createWayIn({
    ...{ ...options, tunnel, now },
    outage: tunnelWatch.outage,
    onLack: tunnelWatch.lacks,
  });
  return { tunnel, tunnelWatch, wayIn };
};
