import type { TimelineAsk, TimelineQuestion } from '../../renderer/timeline/core.ts';
import type { Answer, Asked } from '../../shared/ipc.ts';

type Open<N extends TimelineQuestion> = {
  readonly input: Asked<N>;
  readonly answer: (value: Answer<N>) => void;
  readonly fail: () => void;
};

/** Main as the timeline sees it: it answers when the test says so. */
export function fakeMain() {
  const order: TimelineQuestion[] = [];
  const open: { [N in TimelineQuestion]: Open<N>[] } = {
    timeline: [],
    extent: [],
    entryBefore: [],
    matching: [],
    markSeen: [],
    mark: [],
    markAllSeen: [],
  };
  const ask: TimelineAsk = <N extends TimelineQuestion>(name: N, input: Asked<N>) =>
    new Promise<Answer<N>>((answer, reject) => {
      open[name].push({ input, answer, fail: () => reject(new Error(`${name} failed`)) });
      order.push(name);
    });

  return {
    ask,
    /** The names of the open questions, oldest first. */
    waiting: (): readonly TimelineQuestion[] => order,
    /** Takes the oldest open question of a name, for the test to answer. */
    take: <N extends TimelineQuestion>(name: N): Open<N> => {
      const question = open[name].shift();
      if (!question) throw new Error(`${name} was not asked; open: ${order.join(', ')}`);
      order.splice(order.indexOf(name), 1);
      return question;
    },
  };
}
