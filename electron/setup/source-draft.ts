import type { Problem } from '../../shared/problem.ts';
import type { SourceDraft } from '../../shared/source.ts';
import { providers } from '../providers/index.ts';

/** What is wrong with a draft for its provider; null when it can be added. A secret may come later, when the portal shows it. */
export const draftMistake = ({ provider, secrets, clientId }: SourceDraft): Problem | null => {
  const info = providers.get(provider)?.info;
  const invalid = (field: string, message: string): Problem => ({
    code: 'invalid',
    field,
    message,
  });
  if (!info) return invalid('provider', 'Choose a provider');
  if (info.secret === 'none' && secrets.length > 0)
    return invalid('secrets', 'This provider signs nothing');
  if (info.clientIdLabel !== null && clientId === null)
    return invalid('clientId', `Enter the ${info.clientIdLabel}`);
  if (info.clientIdLabel === null && clientId !== null)
    return invalid('clientId', 'This provider has no client id');
  return null;
};
