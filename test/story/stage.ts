import { openInMemory } from '../support/memory.ts';
import { distinct, type OpenStage, type StageOptions } from './open-stage.ts';

/** Opens the stage in the body that the test project asks for. */
export const openStage = async (options: StageOptions): Promise<OpenStage> => {
  if (process.env.HOOKBELL_BODY !== 'electron') return openMemoryStage(options);
  const { openElectronStage } = await import('./electron-stage.ts');
  return openElectronStage(options);
};

const openMemoryStage = async (options: StageOptions): Promise<OpenStage> => {
  const app = await openInMemory(options);
  const { clock, screen } = app;
  return {
    stage: {
      deliver: app.deliver,
      ask: app.ask,
      now: clock.now,
      pass: clock.pass,
      sleep: async (ms) => {
        clock.setForward(ms);
        await clock.pass(1000);
      },
    },
    places: () =>
      screen.places().map(({ said, isWithdrawn }) => ({
        titles: distinct(said.map(({ title }) => title)),
        body: said.at(-1)?.body ?? '',
        isWithdrawn,
      })),
    appearedAt: () => screen.places().map(({ said }) => said[0]?.at ?? 0),
    desktop: null,
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
};
