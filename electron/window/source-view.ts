import type { Source } from '../../shared/source.ts';
import type { Silences } from '../insight/silence.ts';
import type { SourceHealth } from '../insight/source-health.ts';
import type { StoredSource } from '../setup/settings.ts';
import type { Sources } from '../setup/sources.ts';

export type SourceViewOptions = {
  readonly sources: Pick<Sources, 'tokenOf' | 'secretCount' | 'isLocked'>;
  readonly sourceHealth: Pick<SourceHealth, 'of'>;
  readonly silences: Pick<Silences, 'rhythmOf'>;
  /** Where every endpoint URL begins; null while nothing can be reached. */
  readonly baseUrl: () => string | null;
};

const shownOfToken = 4;

/** A source as the window sees it: its token but for the first characters, and its secrets but for their number, stay in main. */
export const sourceView = (
  source: StoredSource,
  { sources, sourceHealth, silences, baseUrl }: SourceViewOptions,
): Source => {
  const { id, provider, name, clientId, allowedAddresses, linkTemplate = null } = source;
  const { lastDelivery, accepted, rejected, tests, ...health } = sourceHealth.of(id);
  const token = sources.tokenOf(source)?.slice(0, shownOfToken) ?? '';
  return {
    id,
    provider,
    name,
    clientId,
    allowedAddresses,
    linkTemplate,
    lastDelivery,
    rhythm: silences.rhythmOf(id),
    accepted,
    rejected,
    tests,
    lastAcceptedAt: health.lastAcceptedAt,
    lastTestAt: health.lastTestAt,
    days: [...health.days],
    maskedEndpoint: `${baseUrl() ?? ''}/hooks/${provider}/${token}…`,
    secretCount: sources.secretCount(source),
    locked: sources.isLocked(source),
  };
};
