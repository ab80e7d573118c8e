import { Wallet } from 'lucide-react';
import { useState } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import { count } from '../../shared/english.ts';
import type { ProviderInfo } from '../../shared/source.ts';
import { Rename } from '../insight/Rename.tsx';
import { useAccounts } from '../insight/use-insight.ts';
import { ask } from '../state.ts';
import { Busy } from '../ui/Busy.tsx';
import { Button } from '../ui/Button.tsx';
import { Empty } from '../ui/Empty.tsx';
import { ExternalText } from '../ui/ExternalText.tsx';
import { Failure } from '../ui/Failure.tsx';
import lists from '../ui/Lists.module.css';
import { Page } from '../ui/Page.tsx';
import { TextField } from '../ui/TextField.tsx';
import { AccountRow } from './AccountRow.tsx';
import styles from './Accounts.module.css';
import { type AccountGroup, groupsOf, isCalled, ownerName } from './groups.ts';

type Props = { app: AppState; providers: ProviderInfo[] };

export function Accounts({ app, providers }: Props) {
  const { value, failed, again } = useAccounts(app.insight);
  const [typed, setTyped] = useState('');
  const sourceOf = (id: string) => app.sources.find((one) => one.id === id);
  const nameOf = (id: string) => sourceOf(id)?.name ?? '';
  const all = value?.accounts ?? [];
  const groups = groupsOf(all.filter((one) => isCalled(one, nameOf(one.sourceId), typed)));
  const isGrouped = groupsOf(all).length > 1;

  return (
    <Page title="Accounts" lead="Wallets and exchanges that your providers sync, worst first.">
      {failed ? (
        <Failure title="The accounts could not be read.">
          <Button small onClick={again}>
            Try again
          </Button>
        </Failure>
      ) : null}
      {value === null && !failed ? <Busy words="Reading the accounts" /> : null}
      {value !== null && all.length === 0 ? (
        <div className={lists.card}>
          <Empty icon={<Wallet size={24} />} title="No account yet">
            <p>An account is listed as soon as a provider says whether it could be synced.</p>
          </Empty>
        </div>
      ) : null}
      {all.length > 0 ? (
        <TextField label="Filter by name" value={typed} onChange={setTyped} />
      ) : null}
      {all.length > 0 && groups.length === 0 ? (
        <Empty title="No account has this name">
          <p>Names of accounts, their users and their sources are searched.</p>
        </Empty>
      ) : null}
      {groups.map((group) => (
        <section key={group.key}>
          {isGrouped || group.owner?.ownName ? (
            <GroupHead group={group} sourceName={nameOf(group.sourceId)} onNamed={again} />
          ) : (
            <div className={styles.group} />
          )}
          <ul className={lists.card}>
            {group.accounts.map((account) => (
              <AccountRow
                key={`${account.id} ${account.simulated}`}
                account={account}
                source={sourceOf(account.sourceId)}
                providers={providers}
                onNamed={again}
              />
            ))}
          </ul>
        </section>
      ))}
      {value && value.more > 0 ? (
        <p className={styles.more}>{count(value.more, 'more account')} not shown.</p>
      ) : null}
    </Page>
  );
}

type HeadProps = { group: AccountGroup; sourceName: string; onNamed: () => void };

function GroupHead({ group: { sourceId, owner }, sourceName, onNamed }: HeadProps) {
  const name = owner ? ownerName(owner) : 'Owner not told';
  return (
    <div className={styles.group}>
      <h2>
        <ExternalText text={name} />
      </h2>
      <span className={styles.line}>
        <ExternalText text={sourceName} />
      </span>
      {owner ? (
        <Rename
          what={name}
          ownName={owner.ownName}
          onGive={(given) => ask('nameOwner', { sourceId, ownerId: owner.id, name: given })}
          onDone={onNamed}
        />
      ) : null}
    </div>
  );
}
