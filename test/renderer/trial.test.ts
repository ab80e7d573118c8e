import { describe, expect, test } from 'vitest';
import { createTrials, type Trials } from '../../renderer/trial/create-trial.ts';
import { failureOf, outcomeWords, stepsOf } from '../../renderer/trial/steps.ts';
import type { SimulatedAnswer } from '../../shared/simulation.ts';
import type { NotificationDecision } from '../../shared/timeline.ts';
import { entryOf } from './entries.ts';

const shown: NotificationDecision = { shown: true, why: 'a rule' };
const entry = (sourceId: string, notification: NotificationDecision | null = null) =>
  entryOf({}, { seq: 7, sourceId, simulated: true, notification });
const answered = (status: number, outcome: string) => async (): Promise<SimulatedAnswer> => ({
  ...{ sourceId: 'trial', simulation: 'one', status, outcome },
});

/** "✓✓→··": done, the next one, later; a step that failed is "!". */
const drawn = ({ view }: Trials): string => {
  const { trial } = view.get();
  const marks = { done: '✓', now: '→', failed: '!', later: '·' };
  return trial
    ? stepsOf(trial)
        .map(({ state }) => marks[state])
        .join('')
    : '';
};

const failureIn = ({ view }: Trials) => {
  const { trial } = view.get();
  return trial && failureOf(trial);
};

describe('a trial', () => {
  test('ticks one step after the other, up to the click on its notification', async () => {
    const trials = createTrials();
    const sent = trials.start('trial', answered(200, 'recorded'));
    expect(drawn(trials)).toBe('→····');
    await sent;
    expect(drawn(trials)).toBe('✓✓→··');
    trials.hear({ what: 'added', entries: [entry('another'), entry('trial')] });
    expect(drawn(trials)).toBe('✓✓✓→·');
    trials.hear({ what: 'decided', decided: [{ seq: 7, notification: shown }] });
    expect(drawn(trials)).toBe('✓✓✓✓→');
    trials.hear({ what: 'open', opening: { what: 'entry', seq: 6 } });
    expect(drawn(trials)).toBe('✓✓✓✓→');
    trials.hear({ what: 'open', opening: { what: 'entry', seq: 7 } });
    expect(drawn(trials)).toBe('✓✓✓✓✓');
    trials.close();
    expect(drawn(trials)).toBe('');
  });

  test('takes a row that comes before the answer, and no row of another source or of a provider', async () => {
    const trials = createTrials();
    const sent = trials.start('trial', answered(200, 'recorded'));
    trials.hear({ what: 'added', entries: [entryOf({}, { seq: 7, sourceId: 'trial' })] });
    expect(drawn(trials)).toBe('→····');
    trials.hear({ what: 'added', entries: [entry('trial')] });
    await sent;
    expect(drawn(trials)).toBe('✓✓✓→·');
  });

  test.each([
    [0, 'the receiver is not listening', '!····'],
    [503, 'not stored, try again', '✓!···'],
  ])('that is answered %i names the step that failed', async (status, outcome, expected) => {
    const trials = createTrials();
    await trials.start('trial', answered(status, outcome));
    expect(drawn(trials)).toBe(expected);
    expect(failureIn(trials)).toMatchObject({
      words: expect.stringContaining(outcome),
      mend: 'open-health',
    });
  });

  test.each([
    [{ shown: false, why: 'a rule', held: 'paused' }, 'resume', 'Notifications are paused.'],
    [{ shown: false, why: 'a rule', held: 'quiet-hours' }, 'open-notify', 'Quiet hours'],
    [{ shown: false, why: 'a rule', held: 'system' }, null, 'do not disturb'],
    [{ shown: false, why: 'it refused' }, 'open-notify', 'it refused'],
  ] as const)('whose notification is not shown says why: %o', async (notification, mend, words) => {
    const trials = createTrials();
    await trials.start('trial', answered(200, 'recorded'));
    trials.hear({ what: 'added', entries: [entry('trial', notification)] });
    expect(drawn(trials)).toBe('✓✓✓!·');
    expect(failureIn(trials)).toMatchObject({ words: expect.stringContaining(words), mend });
    trials.hear({ what: 'decided', decided: [{ seq: 7, notification: shown }] });
    expect(drawn(trials)).toBe('✓✓✓✓→');
    const { trial } = trials.view.get();
    expect(trial && outcomeWords(trial)).toBe('Test kept, and its notification was shown');
  });
});
