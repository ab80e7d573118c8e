import type { FormField, Problem } from '../../shared/problem.ts';
import type { SourceDraft } from '../../shared/source.ts';
import { isAddressOrRange } from '../addresses.ts';
import { linkTemplateMistake } from '../outside/link-template.ts';
import { providers } from '../providers/index.ts';

/** The first entry of an address list that is neither an address nor a range; null when there is none. */
export const addressMistake = (addresses: readonly string[] | null | undefined): Problem | null => {
  const at = addresses?.findIndex((address) => !isAddressOrRange(address)) ?? -1;
  return at < 0
    ? null
    : {
        code: 'invalid',
        field: 'allowedAddresses',
        message: `“${addresses?.[at]}” is no IP address and no range such as 10.0.0.0/8`,
      };
};

/** The mistake in a link template; null when it can be used or there is none. */
export const linkMistake = (template: string | null | undefined): Problem | null => {
  const mistake = template ? linkTemplateMistake(template) : null;
  return mistake === null
    ? null
    : { code: 'invalid', field: 'linkTemplate', message: `The link ${mistake}` };
};

/** The first mistake in a draft for its provider; null when it can be added. A secret may come later, when the portal shows it. */
export const draftMistake = (draft: SourceDraft): Problem | null => {
  const { provider, secrets, clientId, allowedAddresses } = draft;
  const info = providers.get(provider)?.info;
  const invalid = (field: FormField, message: string): Problem => ({
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
  return addressMistake(allowedAddresses) ?? linkMistake(draft.linkTemplate);
};
