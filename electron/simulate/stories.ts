import type { Story } from '../../shared/simulation.ts';

/** One delivery of a story, sent as the first source of that provider. */
export type StoryStep = {
  readonly provider: string;
  readonly simulation: string;
  /** Signed with a secret that is not the source's. */
  readonly wrongSecret?: true;
};

const kryptos = (simulation: string): StoryStep => ({ provider: 'kryptos', simulation });
const vezgo = (simulation: string): StoryStep => ({ provider: 'vezgo', simulation });
const simplehash = (simulation: string): StoryStep => ({ provider: 'simplehash', simulation });

/** What *Try it now* sends. */
export const trialStep = kryptos('integration.failed');

/** The stories of the simulator. A `Map`, because ids come from outside. */
export const stories: ReadonlyMap<string, Story & { readonly steps: readonly StoryStep[] }> =
  new Map(
    [
      {
        id: 'recalculation',
        label: 'A full recalculation',
        description: 'Kryptos looks for transfers, then works out gains and losses.',
        steps: [
          'transfer_detection.started',
          'transfer_detection.completed',
          'costbasis.started',
          'costbasis.completed',
        ].map(kryptos),
      },
      {
        id: 'lost-key',
        label: 'An exchange loses its key and recovers',
        description: 'An account cannot sync, is announced once, and works again.',
        steps: [
          kryptos('integration.failed'),
          kryptos('integration.failed'),
          kryptos('integration.updated'),
          vezgo('SyncError:LoginFailedError'),
          vezgo('SyncAccount'),
        ],
      },
      {
        id: 'mint-day',
        label: 'A busy mint day',
        description:
          'Twelve mints in a contract you watch, and what lands in your wallet folds into one notification.',
        steps: Array.from({ length: 12 }, () => [
          simplehash('contract.transfer:mint'),
          simplehash('wallet.inbound_transfer:mint'),
        ]).flat(),
      },
      {
        id: 'wrong-secret',
        label: 'A wrong secret',
        description:
          'Three deliveries fail the signature check: nothing in the timeline, all of them in the quarantine.',
        steps: Array.from({ length: 3 }, () => ({
          ...kryptos('costbasis.completed'),
          wrongSecret: true as const,
        })),
      },
    ].map((story) => [story.id, story]),
  );
