import type { FormField } from '../../shared/problem.ts';
import type { ProviderInfo, Source, SourceChange, SourceDraft } from '../../shared/source.ts';

import type { Errors } from '../use-submit.ts';

export type AddressRule = 'published' | 'only' | 'any';

export type Form = {
  name: string;
  secret: string;
  /** What the typed secret does to the one that is set. */
  secretRule: 'keep' | 'rotate' | 'replace' | 'remove';
  clientId: string;
  addressRule: AddressRule;
  addresses: string;
  linkTemplate: string;
};

export const emptyForm = (name: string): Form => ({
  name,
  secret: '',
  secretRule: 'keep',
  clientId: '',
  addressRule: 'published',
  addresses: '',
  linkTemplate: '',
});

export const formOf = (source: Source): Form => ({
  name: source.name,
  secret: '',
  secretRule: 'keep',
  clientId: source.clientId ?? '',
  addressRule:
    source.allowedAddresses === null
      ? 'published'
      : source.allowedAddresses.length === 0
        ? 'any'
        : 'only',
  addresses: source.allowedAddresses?.join('\n') ?? '',
  linkTemplate: source.linkTemplate ?? '',
});

const addressesOf = ({ addressRule, addresses }: Form): string[] | null => {
  if (addressRule === 'published') return null;
  return addressRule === 'any' ? [] : addresses.split(/[\s,;]+/).filter((part) => part !== '');
};

const clientIdOf = ({ clientId }: Form): string | null => clientId.trim() || null;

const linkTemplateOf = ({ linkTemplate }: Form): string | null => linkTemplate.trim() || null;

export const draftOf = (provider: ProviderInfo, form: Form): SourceDraft => ({
  provider: provider.id,
  name: form.name.trim(),
  secrets: form.secret.trim() === '' ? [] : [form.secret.trim()],
  clientId: provider.clientIdLabel === null ? null : clientIdOf(form),
  allowedAddresses: provider.publishedAddresses.length === 0 ? null : addressesOf(form),
  linkTemplate: linkTemplateOf(form),
});

export function changeOf(source: Source, provider: ProviderInfo, form: Form): SourceChange {
  const change: SourceChange = { id: source.id, name: form.name.trim() };
  if (provider.clientIdLabel !== null) change.clientId = clientIdOf(form);
  if (provider.publishedAddresses.length > 0) change.allowedAddresses = addressesOf(form);

  if (linkTemplateOf(form) !== source.linkTemplate) change.linkTemplate = linkTemplateOf(form);

  const secret = form.secret.trim();
  if (form.secretRule === 'remove') change.secrets = [];
  else if (form.secretRule === 'rotate') change.newSecret = secret;
  else if (form.secretRule === 'replace' || secret !== '') change.secrets = [secret];
  return change;
}

type SourceField = 'name' | 'secret' | 'clientId' | 'addresses' | 'linkTemplate';
export type FormErrors = Errors<SourceField>;

/** Mistakes by field, found before main is asked. */
export function mistakesIn(form: Form): FormErrors {
  const errors: FormErrors = {};
  if (form.name.trim() === '') errors.name = 'Give it a name.';
  const changesSecret = form.secretRule === 'rotate' || form.secretRule === 'replace';
  if (changesSecret && form.secret.trim() === '') errors.secret = 'Paste the secret.';
  if (form.addressRule === 'only' && addressesOf(form)?.length === 0) {
    errors.addresses = 'Type at least one address, or choose another rule.';
  }
  return errors;
}

const shownAt: { readonly [F in FormField]?: SourceField } = {
  name: 'name',
  secrets: 'secret',
  newSecret: 'secret',
  clientId: 'clientId',
  allowedAddresses: 'addresses',
  linkTemplate: 'linkTemplate',
};

export const fieldOf = (field: FormField): SourceField | 'form' => shownAt[field] ?? 'form';
