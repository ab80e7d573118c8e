import { list } from '../../shared/english.ts';
import type { ProviderInfo, Source } from '../../shared/source.ts';
import { ChoiceCards } from '../ui/ChoiceCards.tsx';
import { Failure } from '../ui/Failure.tsx';
import { TextField } from '../ui/TextField.tsx';
import type { Form, FormErrors } from './draft.ts';
import styles from './Sources.module.css';

type Props = {
  provider: ProviderInfo;
  source: Source | null;
  form: Form;
  errors: FormErrors;
  onChange: (change: Partial<Form>) => void;
};

export function SourceFields(props: Props) {
  const { provider, source, form, errors, onChange } = props;
  return (
    <div className={styles.fields}>
      {errors.form === undefined ? null : <Failure title={errors.form} />}
      {provider.note && !source ? <p className={styles.note}>{provider.note}</p> : null}
      <TextField
        label="Name"
        value={form.name}
        maxLength={60}
        error={errors.name}
        hint={source ? undefined : 'Stands on every row. Useful when you have several accounts.'}
        onChange={(name) => onChange({ name })}
      />
      {provider.secret === 'none' ? null : <SecretField {...props} />}
      {provider.clientIdLabel === null ? null : (
        <TextField
          label={provider.clientIdLabel}
          value={form.clientId}
          maxLength={256}
          error={errors.clientId}
          hint="A delivery with another one is rejected."
          onChange={(clientId) => onChange({ clientId })}
        />
      )}
      {provider.publishedAddresses.length === 0 ? null : (
        <>
          <ChoiceCards
            label="Accept deliveries from"
            value={form.addressRule}
            onChange={(addressRule) => onChange({ addressRule })}
            choices={[
              {
                value: 'published',
                label: `The addresses that ${provider.name} publishes`,
                hint: `${list(provider.publishedAddresses)}. Checked where the sender's address can be known.`,
              },
              { value: 'only', label: 'Only these addresses', hint: 'Always enforced.' },
              { value: 'any', label: 'Any address', hint: 'Nothing is checked.' },
            ]}
          />
          {form.addressRule === 'only' ? (
            <TextField
              label="Allowed addresses"
              value={form.addresses}
              lines={3}
              error={errors.addresses}
              hint="One on each line."
              onChange={(addresses) => onChange({ addresses })}
            />
          ) : null}
        </>
      )}
      {provider.hasAccounts ? <LinkField {...props} /> : null}
    </div>
  );
}

const LinkField = ({ form, errors, onChange }: Props) => (
  <TextField
    label="Link to an account in your own application"
    optional
    value={form.linkTemplate}
    maxLength={1024}
    error={errors.linkTemplate}
    hint="Such as https://my.app/accounts/{account.id}. The fields are {account.id} and {user.id}. It opens in your browser when you click it."
    onChange={(linkTemplate) => onChange({ linkTemplate })}
  />
);

function SecretField({ provider, source, form, errors, onChange }: Props) {
  const has = source !== null && source.secretCount > 0;
  const field = (
    <TextField
      label={has ? 'New secret' : 'Secret'}
      value={form.secret}
      secret
      maxLength={512}
      optional={provider.secret === 'optional' && !has}
      error={errors.secret}
      hint={secretHint(provider, has)}
      onChange={(secret) => onChange({ secret })}
    />
  );
  if (!has) return field;

  return (
    <>
      <ChoiceCards
        label="Secret"
        value={form.secretRule}
        onChange={(secretRule) => onChange({ secretRule, secret: '' })}
        choices={[
          { value: 'keep', label: 'Keep the one that is set' },
          {
            value: 'rotate',
            label: 'Rotate',
            hint: 'The new one comes first, the old one stays valid. No delivery is lost.',
          },
          { value: 'replace', label: 'Replace', hint: 'The old one is refused from now on.' },
          ...(provider.secret === 'optional'
            ? [
                {
                  value: 'remove' as const,
                  label: 'Remove',
                  hint: 'Deliveries are then trusted by their URL alone.',
                },
              ]
            : []),
        ]}
      />
      {form.secretRule === 'rotate' || form.secretRule === 'replace' ? field : null}
    </>
  );
}

function secretHint({ secret, secretHint: hint }: ProviderInfo, has: boolean): string | undefined {
  const whenMissing =
    secret === 'required' && !has
      ? 'It can come later; until then deliveries are rejected, tests too. For tests alone, make one up.'
      : null;
  return [hint, whenMissing].filter((part) => part !== null).join(' ') || undefined;
}
