import type { Query } from '../../shared/query.ts';
import { useAccounts } from '../insight/use-insight.ts';
import { CleanedText } from '../ui/ExternalText.tsx';
import { SeverityMark } from '../ui/SeverityMark.tsx';
import { AccountHealth } from './AccountHealth.tsx';
import { severities } from './AccountRow.tsx';
import styles from './Accounts.module.css';
import { accountName } from './groups.ts';

/** The health of the one account that the timeline is filtered by. */
export function FilteredAccount({ query, version }: { query: Query; version: number }) {
  const wanted = query.parts.filter((part) => part.what === 'names' && part.key === 'account');
  const [only] = wanted;
  return only?.what === 'names' && !only.negated && wanted.length === 1 ? (
    <HealthOf value={only.value} version={version} />
  ) : null;
}

function HealthOf({ value, version }: { value: string; version: number }) {
  const { value: read } = useAccounts(version);
  const wanted = value.toLowerCase();
  const found = (read?.accounts ?? []).filter(({ id, name, ownName }) =>
    [id, name, ownName].some((one) => one?.toLowerCase() === wanted),
  );
  const account = found.find(({ simulated }) => !simulated) ?? found[0];
  if (!account || found.some(({ id }) => id !== account.id)) return null;
  return (
    <p className={styles.health}>
      <SeverityMark severity={severities[account.health]} />
      <span>
        <strong>
          <CleanedText text={accountName(account)} />
        </strong>
        {': '}
        <AccountHealth account={account} />
      </span>
    </p>
  );
}
