import { expect, test } from 'vitest';
import { createCircuit } from '../../electron/notifications/circuit.ts';
import { virtualClock } from '../support/clock.ts';

const scene = () => {
  const clock = virtualClock();
  let isWell = false;
  let probes = 0;
  let closings = 0;
  const circuit = createCircuit({
    schedule: clock.schedule,
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

test('two failures in a row open the circuit, and a success in between resets the count (N4)', () => {
  const { circuit } = scene();
  circuit.failed();
  circuit.succeeded();
  circuit.failed();
  expect(circuit.isOpen()).toBe(false);
  circuit.failed();
  expect(circuit.isOpen()).toBe(true);
});

test('a probe each minute decides whether the circuit closes (N4)', async () => {
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

test('a call in flight does not change an open circuit', async () => {
  const { circuit, minute, probes } = scene();
  for (let time = 0; time < 5; time += 1) circuit.failed();
  circuit.succeeded();
  expect(circuit.isOpen()).toBe(true);
  await minute();
  expect(probes()).toBe(1);
});

test('a new service closes the circuit without a probe', async () => {
  const { circuit, minute, probes, closings } = scene();
  circuit.reset();
  circuit.failed();
  circuit.failed();
  circuit.reset();
  expect([circuit.isOpen(), closings()]).toEqual([false, 1]);
  await minute();
  expect(probes()).toBe(0);
});
