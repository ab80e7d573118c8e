import * as z from 'zod/mini';
import { costBasisCompleted, type ProvisionedSource } from '../../../bench/harness/deliveries.ts';
import type { Sent } from '../../../bench/harness/http.ts';

export type Answered = {
  readonly id: string;
  /** 0 where there was no answer. */
  readonly status: number;
  /** How long the answer took. */
  readonly ms: number;
};

export type Load = {
  /** Sends no more; settles with all answers. */
  readonly stop: () => Promise<readonly Answered[]>;
};

/** Sends genuine deliveries at a steady rate, whether or not the earlier ones are answered. */
export const deliverSteadily = (
  source: ProvisionedSource,
  deliver: (sent: Sent & { readonly body: string }) => Promise<{ readonly status: number }>,
  perSecond: number,
): Load => {
  const answers: Promise<Answered>[] = [];
  const deliverOne = async (id: string): Promise<Answered> => {
    const startedAt = performance.now();
    const { status } = await deliver(costBasisCompleted(source, { id })).catch(() => ({
      status: 0,
    }));
    return { id, status, ms: performance.now() - startedAt };
  };
  const timer = setInterval(
    () => answers.push(deliverOne(`whd_load_${answers.length}`)),
    1000 / perSecond,
  );
  return {
    stop: () => {
      clearInterval(timer);
      return Promise.all(answers);
    },
  };
};

const Line = z.object({ body: z.string() });
const Body = z.object({ id: z.string() });

/** The ids of Kryptos' deliveries in an export, in order of receipt. */
export const idsOf = (exported: readonly unknown[]): string[] =>
  exported.map((line) => Body.parse(JSON.parse(Line.parse(line).body)).id);
