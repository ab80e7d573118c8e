import type { Pipe, UrlProof } from '../../shared/pipe.ts';
import { isOwnHost } from '../hosts.ts';

export type UrlProofWatch = {
  /** Null where nothing has come through a public URL since the start. */
  readonly current: () => UrlProof | null;
  /** To be called with every new status of the tunnel. */
  readonly follow: (status: Pipe | null) => void;
  /** An accepted delivery, not a simulated one, named this Host. */
  readonly delivered: (host: string, publicUrl: string | null) => void;
};

/** Remembers when the public URL was last seen to work. */
export const watchUrlProof = (now: () => number): UrlProofWatch => {
  let last: UrlProof | null = null;
  const note = (url: string, at: number, by: UrlProof['by']): void => {
    const { host } = new URL(url);
    if (last === null || last.host !== host || at > last.at) last = { host, at, by };
  };
  return {
    current: () => last,
    follow: (status) => {
      if (status?.status === 'receiving') note(status.url, status.checkedAt, status.by);
    },
    delivered: (host, publicUrl) => {
      if (publicUrl !== null && isOwnHost(host, { port: null, publicUrl, accepted: [] }))
        note(publicUrl, now(), 'delivery');
    },
  };
};
