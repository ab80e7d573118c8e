import { useState } from 'react';
import type { TestShowing } from '../../shared/ipc.ts';
import { type EventKind, kinds } from '../../shared/kinds.ts';
import type { Rule } from '../../shared/notification-rules.ts';
import { ask } from '../state.ts';
import { announce } from '../ui/announcer.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Page.tsx';
import type { Change } from './change.ts';
import styles from './Notifications.module.css';

type Props = { rules: readonly Rule[]; onChange: Change };

const isKind = (name: string): name is EventKind => Object.hasOwn(kinds, name);
const allKinds = Object.keys(kinds).filter(isKind);

/** Every kind with its default, the rule about it, and a test. */
export const KindTable = ({ rules, onChange }: Props) => (
  <Card>
    <table className={styles.kinds}>
      <thead>
        <tr>
          <th scope="col">Kind</th>
          <th scope="col">Notifies</th>
          <th scope="col">
            <span className={styles.actions}>Change and test</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {allKinds.map((kind) => (
          <KindRow key={kind} kind={kind} rule={ruleAbout(kind, rules)} onChange={onChange} />
        ))}
      </tbody>
    </table>
  </Card>
);

const ruleAbout = (kind: EventKind, rules: readonly Rule[]): Rule | null =>
  rules.find(({ about }) => about.what === 'kind' && about.kind === kind) ?? null;

type RowProps = { kind: EventKind; rule: Rule | null; onChange: Change };

function KindRow({ kind, rule, onChange }: RowProps) {
  const [outcome, setOutcome] = useState<string | null>(null);
  const { label, notifies } = kinds[kind];
  const says = notifies ? 'mute' : 'announce';

  const test = async () => {
    const words = await tested(kind);
    setOutcome(words);
    announce(words);
  };

  return (
    <tr>
      <th scope="row">
        {label}
        {outcome === null ? null : <span className={styles.outcome}>{outcome}</span>}
      </th>
      <td className={rule ? styles.byRule : undefined}>
        {rule ? ruleWords[rule.says] : byDefault(kind)}
      </td>
      <td>
        <span className={styles.actions}>
          <Button
            small
            aria-label={`${rule ? 'Undo the rule for' : `${changeWords[says]},`} ${label}`}
            onClick={() =>
              void onChange(
                rule
                  ? ask('removeRule', { id: rule.id })
                  : ask('addRule', { about: { what: 'kind', kind }, says }),
              )
            }
          >
            {rule ? 'Undo' : changeWords[says]}
          </Button>
          <Button small aria-label={`Test ${label}`} onClick={() => void test()}>
            Test
          </Button>
        </span>
      </td>
    </tr>
  );
}

const changeWords = { mute: 'Mute', announce: 'Also tell me' } as const;
const ruleWords = {
  mute: 'No, by your rule',
  announce: 'Yes, by your rule',
} satisfies Record<Rule['says'], string>;

const byDefault = (kind: EventKind): string => {
  if (kind === 'sync.failed') return 'Yes, once until it works again';
  return kinds[kind].notifies ? 'Yes' : 'Only warnings and errors';
};

const tested = async (kind: EventKind): Promise<string> => {
  try {
    return outcomeWords(await ask('testNotification', { kind }));
  } catch (error) {
    console.error(error);
    return 'The test could not be sent';
  }
};

const outcomeWords = (showing: TestShowing): string => {
  switch (showing.status) {
    case 'shown':
      return 'Test shown';
    case 'held':
      return 'Test held back by the system, which does not want to disturb';
    case 'not-shown':
      return `Test not shown: ${notShown[showing.why]}`;
  }
};

const notShown = {
  'no-service': 'this desktop has no service for notifications',
  'no-answer': 'the service for notifications does not answer',
  refused: 'the system refused it',
  paused: 'two in a row failed, and the system is asked again in a minute',
} satisfies Record<Extract<TestShowing, { status: 'not-shown' }>['why'], string>;
