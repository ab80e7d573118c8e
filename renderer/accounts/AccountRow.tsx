import type { AccountView } from '../../shared/account.ts';
import { tokenOf } from '../../shared/query.ts';
import type { ProviderInfo, Source } from '../../shared/source.ts';
import { Rename } from '../insight/Rename.tsx';
import { goTo } from '../navigation.ts';
import { OpenPlace } from '../outside/OpenPlace.tsx';
import { ask } from '../state.ts';
import { timeline } from '../timeline/timeline.ts';
import { Chip } from '../ui/Chip.tsx';
import { CleanedText } from '../ui/ExternalText.tsx';
import lists from '../ui/Lists.module.css';
import { ProviderMark } from '../ui/ProviderMark.tsx';
import { SeverityMark } from '../ui/SeverityMark.tsx';
import { AccountHealth } from './AccountHealth.tsx';
import styles from './Accounts.module.css';
import { accountName } from './groups.ts';

type Props = {
  account: AccountView;
  source: Source | undefined;
  providers: ProviderInfo[];
  onNamed: () => void;
};

export const severities = { failing: 'error', waiting: 'warning', working: 'success' } as const;

function showEvents({ id }: AccountView): void {
  goTo('timeline');
  timeline.showFound(tokenOf('account', id));
}

export function AccountRow({ account, source, providers, onNamed }: Props) {
  const { sourceId, id, name, ownName, health, summary, simulated, gainsStale } = account;
  return (
    <li className={styles.row}>
      <button
        type="button"
        className={`${lists.rowButton} ${styles.open}`}
        onClick={() => showEvents(account)}
      >
        <SeverityMark severity={severities[health]} />
        <ProviderMark provider={source?.provider ?? ''} providers={providers} size={20} />
        <span className={styles.words}>
          <span className={styles.name}>
            <CleanedText text={accountName(account)} />
            {simulated ? <Chip>Simulated</Chip> : null}
            {gainsStale ? (
              <Chip tone="warning" title="They were last worked out before its last good sync.">
                Gains and losses older than its sync
              </Chip>
            ) : null}
          </span>
          <span className={styles.line}>
            {ownName === null ? null : (
              <>
                <CleanedText text={name} /> ·{' '}
              </>
            )}
            <AccountHealth account={account} />
          </span>
          {health === 'working' || summary === '' ? null : (
            <span className={styles.line}>
              <CleanedText text={summary} />
            </span>
          )}
        </span>
      </button>
      {health === 'failing' && !simulated ? (
        <OpenPlace place={{ at: 'account', sourceId, accountId: id }} small />
      ) : null}
      <Rename
        what={accountName(account)}
        ownName={ownName}
        onGive={(given) => ask('nameAccount', { sourceId, accountId: id, name: given })}
        onDone={onNamed}
      />
    </li>
  );
}
