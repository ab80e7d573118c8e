import { expect, test } from 'vitest';
import { createCircuit } from '../../electron/notify/circuit.ts';
import { createClock } from '../support/memory.ts';

const scene = () => {
  const clock = createClock();
  let isWell = false;
  let probes = 0;
  let closings = 0;
  const circuit = createCircuit({
    later: clock.later,
    probe: async () => {
      probes += 1;
      return isWell;
    },
    onClosed: () => {
      closings += 1;
    },
  });
  const minute = async () => {
    clock.setForward(60_000);
    await new Promise(setImmediate);
  };
  return {
    circuit,
    minute,
    probes: () => probes,
    closings: () => closings,
    recover: () => (isWell = true),
  };
};

test('two failures in a row open it, one does not, and success in between counts anew (N4)', () => {
  const { circuit } = scene();
  circuit.failed();
  circuit.succeeded();
  circuit.failed();
  expect(circuit.isOpen()).toBe(false);
  circuit.failed();
  expect(circuit.isOpen()).toBe(true);
});

test('a probe a minute decides whether it closes (N4)', async () => {
  const { circuit, minute, probes, closings, recover } = scene();
  circuit.failed();
  circuit.failed();
  await minute();
  await minute();
  expect([circuit.isOpen(), probes()]).toEqual([true, 2]);

  recover();
  await minute();
  expect([circuit.isOpen(), closings()]).toEqual([false, 1]);
  await minute();
  expect(probes()).toBe(3);
  circuit.failed();
  expect(circuit.isOpen()).toBe(false);
});

test('what was under way when it opened changes nothing', async () => {
  const { circuit, minute, probes } = scene();
  for (let time = 0; time < 5; time += 1) circuit.failed();
  circuit.succeeded();
  expect(circuit.isOpen()).toBe(true);
  await minute();
  expect(probes()).toBe(1);
});

test('another service closes it, and is not probed for the one before', async () => {
  const { circuit, minute, probes, closings } = scene();
  circuit.reset();
  circuit.failed();
  circuit.failed();
  circuit.reset();
  expect([circuit.isOpen(), closings()]).toEqual([false, 1]);
  await minute();
  expect(probes()).toBe(0);
});
