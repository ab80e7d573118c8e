import type { AccountView } from '../../shared/account.ts';
import { count } from '../../shared/english.ts';
import { Ago } from '../ui/Ago.tsx';

/** The health of an account in one line. */
export function AccountHealth({ account }: { account: AccountView }) {
  const { health, failingSince, failures, lastGoodAt } = account;
  return (
    <>
      {health === 'working' ? 'Works' : null}
      {health === 'waiting' ? `Could not sync for now${inARow(failures)}` : null}
      {health === 'failing' ? (
        <>
          Cannot sync {failingSince === null ? null : <Ago at={failingSince} form="lasting" />}
          {inARow(failures)}
        </>
      ) : null}
      {' · '}
      {lastGoodAt === null ? (
        'no good sync known'
      ) : (
        <>
          last good sync <Ago at={lastGoodAt} />
        </>
      )}
    </>
  );
}

const inARow = (failures: number): string =>
  failures > 1 ? `, ${count(failures, 'failure')} in a row` : '';
