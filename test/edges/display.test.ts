import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { displayTrouble } from '../../electron/edges/display.ts';
import { authorityOf, openXServer } from '../support/x-server.ts';

describe('without a display there is a sentence (section 12)', () => {
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

  test('that says what is not set', async () => {
    expect(await displayTrouble({ HOME })).toMatch(/no display.*neither DISPLAY nor/);
    expect(await displayTrouble({ HOME, DISPLAY: '' })).toMatch(/no display/);
  });

  test('that names the display that nothing listens at', async () => {
    const gone = await openXServer(null);
    gone[Symbol.dispose]();
    expect(await displayTrouble({ HOME, DISPLAY: gone.display })).toContain(
      `the display ${gone.display} cannot be reached`,
    );
  });

  test('that says whether the key is missing or wrong', async () => {
    using server = await openXServer('the right key');
    const { display: DISPLAY, number } = server;
    expect(await displayTrouble({ HOME, DISPLAY })).toMatch(/does not let.*\.Xauthority cannot be/);
    const XAUTHORITY = keyFile(number, 'another key');
    expect(await displayTrouble({ HOME, DISPLAY, XAUTHORITY })).toMatch(/does not fit/);
  });

  test('and nothing is said where one of the keys fits, or none is needed', async () => {
    using server = await openXServer('the right key');
    const XAUTHORITY = keyFile(server.number, 'another key', 'the right key');
    expect(await displayTrouble({ HOME, DISPLAY: server.display, XAUTHORITY })).toBeNull();
    using open = await openXServer(null);
    expect(await displayTrouble({ HOME, DISPLAY: open.display })).toBeNull();
  });

  test('Wayland and names of another form are left to Electron', async () => {
    expect(await displayTrouble({ HOME, WAYLAND_DISPLAY: 'wayland-0' })).toBeNull();
    expect(await displayTrouble({ HOME, DISPLAY: '/tmp/launch/org.xquartz:0' })).toBeNull();
  });
});
