import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { displayTrouble } from '../../electron/edges/display.ts';
import { authorityOf, openXServer } from '../support/x-server.ts';

describe('a missing display', () => {
  let HOME = '';
  beforeEach(() => {
    HOME = mkdtempSync(join(tmpdir(), 'hookbell-'));
  });
  afterEach(() => rmSync(HOME, { recursive: true }));
  const keyFile = (number: number, ...keys: string[]): string => {
    const file = join(HOME, 'authority');
    writeFileSync(file, authorityOf(...keys.map((key) => ({ number: `${number}`, key }))));
    return file;
  };

  test('is reported with the variables that are not set', async () => {
    expect(await displayTrouble({ HOME })).toMatch(/no display.*neither DISPLAY nor/);
    expect(await displayTrouble({ HOME, DISPLAY: '' })).toMatch(/no display/);
  });

  test('is reported with its name where nothing listens', async () => {
    const gone = await openXServer(null);
    gone[Symbol.dispose]();
    expect(await displayTrouble({ HOME, DISPLAY: gone.display })).toContain(
      `the display ${gone.display} cannot be reached`,
    );
  });

  test('is reported with whether the key is missing or wrong', async () => {
    using server = await openXServer('the right key');
    const { display: DISPLAY, number } = server;
    expect(await displayTrouble({ HOME, DISPLAY })).toMatch(/does not let.*\.Xauthority cannot be/);
    const XAUTHORITY = keyFile(number, 'another key');
    expect(await displayTrouble({ HOME, DISPLAY, XAUTHORITY })).toMatch(/does not fit/);
  });

  test('is not reported where one of the keys fits, or none is needed', async () => {
    using server = await openXServer('the right key');
    const XAUTHORITY = keyFile(server.number, 'another key', 'the right key');
    expect(await displayTrouble({ HOME, DISPLAY: server.display, XAUTHORITY })).toBeNull();
    using open = await openXServer(null);
    expect(await displayTrouble({ HOME, DISPLAY: open.display })).toBeNull();
  });

  test('is not reported for Wayland and unknown display names', async () => {
    expect(await displayTrouble({ HOME, WAYLAND_DISPLAY: 'wayland-0' })).toBeNull();
    expect(await displayTrouble({ HOME, DISPLAY: '/tmp/launch/org.xquartz:0' })).toBeNull();
  });
});
