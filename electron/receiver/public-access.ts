import type { Schedule } from '../schedule.ts';
import { createTunnel, type Tunnel, type TunnelEdges } from '../tunnel/tunnel.ts';
import { type Outages, type OutagesOptions, watchOutages } from './outages.ts';
import { createPublicUrl, type PublicUrl, type PublicUrlOptions } from './public-url.ts';
import { type UrlProofWatch, watchUrlProof } from './url-proof.ts';

export type PublicAccessOptions = Pick<
  PublicUrlOptions,
  'settings' | 'vault' | 'receiver' | 'refusing'
> &
  Pick<OutagesOptions, 'gaps' | 'onDown' | 'onUp'> & {
    readonly edges: {
      readonly tunnel: Omit<TunnelEdges, 'now' | 'schedule' | 'log' | 'token' | 'onChange'>;
      /** Epoch ms. */
      readonly now: () => number;
      readonly schedule: Schedule;
      readonly log: (line: string) => void;
      readonly random: { readonly token: () => string };
    };
    readonly onChange: () => void;
  };

export type PublicAccess = {
  readonly tunnel: Tunnel;
  readonly outages: Outages;
  readonly publicUrl: PublicUrl;
  readonly urlProof: UrlProofWatch;
};

/** The tunnel, what follows from its status, and the public URL as the rest of the app sees it. */
export const openPublicAccess = (options: PublicAccessOptions): PublicAccess => {
  const { edges, settings, vault, receiver, refusing, gaps, onDown, onUp, onChange } = options;
  const { now, schedule, log, random } = edges;
  const outages = watchOutages({
    settings,
    gaps,
    schedule,
    now,
    onUp,
    onDown: () => {
      onDown();
      onChange();
    },
  });
  const urlProof = watchUrlProof(now);
  const tunnel = createTunnel({
    ...edges.tunnel,
    now,
    schedule,
    log,
    token: random.token,
    onChange: (status) => {
      urlProof.follow(status);
      outages.follow(status);
      onChange();
    },
  });
  const publicUrl = createPublicUrl({
    tunnel,
    settings,
    vault,
    receiver,
    refusing,
    outage: outages.current,
    onAuthtokenMissing: outages.authtokenMissing,
    now,
  });
  return { tunnel, outages, publicUrl, urlProof };
};
