/** The functions that are longer than a screen, and why each may be. */
export const longFunctions: readonly {
  readonly reason: string;
  /** Each as its file and its name. */
  readonly functions: readonly string[];
}[] = [
  {
    reason:
      'It is the order in which things are made, connected and started, read from top to bottom.',
    functions: [
      'electron/composition/window.ts openWindow',
      'electron/composition/storage.ts openStorage',
      'electron/composition/receiver.ts openReceiver',
      'electron/effects.ts effectsOn',
      'electron/start.ts start',
    ],
  },
  {
    reason: 'A table of one short answer to each question of the window.',
    functions: [
      'electron/window/answers/files.ts createFileAnswers',
      'electron/window/answers/sources.ts createSourceAnswers',
    ],
  },
  {
    reason: 'The life of a delivery on one page, a step each.',
    functions: ['electron/receiver/pipeline.ts createPipeline'],
  },
];
