import { kindOf } from '../../shared/conditions/conditions.ts';
import type { Mask } from '../masking.ts';
import type { AppFacts, Identity, SystemFacts } from './facts.ts';
import { reportLines, sourceLabels } from './report.ts';
import { createScrub } from './scrub.ts';

export type DiagnosticsParts = {
  /** Epoch ms. */
  readonly madeAt: number;
  readonly system: SystemFacts;
  readonly app: AppFacts;
  readonly log: readonly string[];
  readonly identity: Identity;
  /** Hides our own secrets and tokens. */
  readonly mask: Mask;
  /** Hosts and URLs of this computer that `app` does not name. */
  readonly addresses: readonly string[];
  readonly providerNamed: (id: string) => string;
};

/** The lines of a diagnostics file, without line ends. No secret, and nothing that says who the person is. */
export const diagnosticsLines = (parts: DiagnosticsParts): string[] => {
  const { app, mask, identity, providerNamed } = parts;
  const { sources, conditions } = app.state;
  const labels = sourceLabels(sources, providerNamed);
  const scrub = createScrub({
    mask,
    identity,
    hosts: [...parts.addresses, ...addressesIn(app)].flatMap(hostsOf),
    words: new Map([
      ...conditions.flatMap(({ reason }) => kindOf(reason).privateWords(reason)),
      ...sources.flatMap(({ id, name }) => {
        const label = labels.get(id) ?? '<source>';
        return [
          [name, label],
          [id, label],
        ] as const;
      }),
    ]),
  });
  // The masking of the whole is a second lock on the same door.
  return reportLines({ ...parts, labels, scrub }).map(mask);
};

/** Every host that the state names, as a host or in a URL. */
const addressesIn = ({ state: { pipe, tunnel, conditions } }: AppFacts): string[] =>
  [
    'url' in pipe ? pipe.url : null,
    ...(tunnel.kind === 'custom' ? [tunnel.publicUrl] : []),
    ...(tunnel.kind === 'ngrok' ? [tunnel.domain, tunnel.serverAddress] : []),
    ...conditions.map(({ reason }) => (reason.code === 'other-host' ? reason.host : null)),
  ].flatMap((address) => address ?? []);

/** Without its port, as it is written, and as browsers spell it. */
const hostsOf = (address: string): string[] => {
  const written = address
    .replace(/^\w+:\/\//, '')
    .replace(/[/?#].*$/s, '')
    .replace(/:\d+$/, '');
  const url = `https://${written}`;
  return URL.canParse(url) ? [written, new URL(url).hostname] : [written];
};
