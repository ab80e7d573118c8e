import type { ProviderInfo, Source, SourceChange, SourceDraft } from '../../shared/source.ts';

export type AddressRule = 'published' | 'only' | 'any';

/** What stands in the form: plain text, until it is sent. */
export type Form = {
  name: string;
  secret: string;
  /** Of a source that has one: what the typed secret does to it. */
  secretRule: 'keep' | 'rotate' | 'replace' | 'remove';
  clientId: string;
  addressRule: AddressRule;
  addresses: string;
};

export const emptyForm = (name: string): Form => ({
  name,
  secret: '',
  secretRule: 'keep',
  clientId: '',
  addressRule: 'published',
  addresses: '',
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
});

const addressesOf = ({ addressRule, addresses }: Form): string[] | null => {
  if (addressRule === 'published') return null;
  return addressRule === 'any' ? [] : addresses.split(/[\s,;]+/).filter((part) => part !== '');
};

const clientIdOf = ({ clientId }: Form): string | null => clientId.trim() || null;

export const draftOf = (provider: ProviderInfo, form: Form): SourceDraft => ({
  provider: provider.id,
  name: form.name.trim(),
  secrets: form.secret.trim() === '' ? [] : [form.secret.trim()],
  clientId: provider.clientIdLabel === null ? null : clientIdOf(form),
  allowedAddresses: provider.publishedAddresses.length === 0 ? null : addressesOf(form),
});

export function changeOf(source: Source, provider: ProviderInfo, form: Form): SourceChange {
  const change: SourceChange = { id: source.id, name: form.name.trim() };
  if (provider.clientIdLabel !== null) change.clientId = clientIdOf(form);
  if (provider.publishedAddresses.length > 0) change.allowedAddresses = addressesOf(form);

  const secret = form.secret.trim();
  if (form.secretRule === 'remove') change.secrets = [];
  else if (form.secretRule === 'rotate') change.newSecret = secret;
  else if (form.secretRule === 'replace' || secret !== '') change.secrets = [secret];
  return change;
}

export type FormErrors = Partial<
  Record<'name' | 'secret' | 'clientId' | 'addresses' | 'form', string>
>;

/** What is missing before it is worth asking main. */
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

/** The field of the form that a field of the answer is about. */
export function fieldOf(field: string): keyof FormErrors {
  if (field.startsWith('name')) return 'name';
  if (field.startsWith('secret') || field.startsWith('newSecret')) return 'secret';
  if (field.startsWith('clientId')) return 'clientId';
  return field.startsWith('allowedAddresses') ? 'addresses' : 'form';
}
