import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { confStore } from '../../bench/harness/conf-store.ts';
import { openFolder } from '../../electron/edges/folder.ts';
import { openedAt, openWindowPlaces, type WindowPlace } from '../../electron/edges/window-place.ts';
import { virtualClock } from '../support/clock.ts';

const laptop = { x: 0, y: 27, width: 1280, height: 773 };
const beside = { x: 1280, y: 0, width: 2560, height: 1440 };
const place = (changed: Partial<WindowPlace> = {}): WindowPlace => ({
  ...{ x: 100, y: 90, width: 900, height: 600, maximized: false },
  ...changed,
});

describe('where a window opens', () => {
  test('the first time the system chooses the place', () => {
    expect(openedAt(null, [laptop])).toEqual({
      ...{ at: null, width: 1160, height: 740, maximized: false },
    });
  });

  test('it opens as it was, maximised or not', () => {
    expect(openedAt(place(), [laptop, beside])).toEqual({
      ...{ at: { x: 100, y: 90 }, width: 900, height: 600, maximized: false },
    });
    expect(openedAt(place({ maximized: true }), [laptop]).maximized).toBe(true);
  });

  test('a window on the second screen stays there', () => {
    expect(openedAt(place({ x: 2000, y: 400 }), [laptop, beside]).at).toEqual({ x: 2000, y: 400 });
  });

  test('a screen that is gone leaves the place to the system and keeps the size', () => {
    expect(openedAt(place({ x: 2000, y: 400 }), [laptop])).toEqual({
      ...{ at: null, width: 900, height: 600, maximized: false },
    });
  });

  test.each([
    ['past the right and the bottom', { x: 1200, y: 700 }, { x: 380, y: 200 }],
    ['past the left and under the panel', { x: -800, y: 0 }, { x: 0, y: 27 }],
    ['across two screens, where most of it is', { x: 1200, y: 90 }, { x: 1280, y: 90 }],
  ])('%s it is moved inside', (_where, at, expected) => {
    const areas = at.y === 90 ? [laptop, beside] : [laptop];
    expect(openedAt(place(at), areas).at).toEqual(expected);
  });

  test('it is never larger than its screen, nor smaller than its minimum', () => {
    expect(openedAt(place({ width: 4000, height: 3000 }), [laptop])).toMatchObject({
      ...{ at: { x: 0, y: 27 }, width: 1280, height: 773 },
    });
    expect(openedAt(place({ width: 20, height: 1 }), [laptop])).toMatchObject({
      ...{ width: 480, height: 400 },
    });
  });

  test('without any screen it keeps its size', () => {
    expect(openedAt(place(), [])).toMatchObject({ at: null, width: 900, height: 600 });
  });
});

describe('what is remembered', () => {
  let path = '';
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'hookbell-'));
  });
  afterEach(() => rmSync(path, { recursive: true, force: true }));
  const file = () => join(path, 'window.json');
  const open = (time = virtualClock()) =>
    openWindowPlaces(openFolder(path, confStore), time.schedule);

  test('a moving window is saved once, when it rests', async () => {
    const time = virtualClock();
    const places = open(time);
    let asked = 0;
    for (let x = 0; x < 50; x += 1) {
      places.moving(() => {
        asked += 1;
        return place({ x });
      });
      await time.pass(20);
    }
    expect(asked).toBe(0);
    await time.pass(1000);
    expect(asked).toBe(1);
    expect(open().last()).toEqual(place({ x: 49 }));
  });

  test('closing saves at once', () => {
    const places = open();
    places.moving(() => place({ x: 7 }));
    places.save();
    expect(open().last()?.x).toBe(7);
  });

  test('a state that is not saved leaves the last place', () => {
    const places = open();
    places.moving(() => place());
    places.save();
    places.moving(() => null);
    places.save();
    expect(places.last()).toEqual(place());
  });

  test.each(['', '{', '[]', '{"x":"far"}', '{"v":1,"x":1e99,"y":0,"width":-5,"height":0}'])(
    'an invalid file counts as none: %s',
    (text) => {
      writeFileSync(file(), text);
      const places = open();
      expect(places.last()).toBeNull();
      places.moving(() => place());
      places.save();
      expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject(place());
    },
  );

  test('a folder that cannot be written costs only the saved place', () => {
    const places = open();
    rmSync(path, { recursive: true });
    writeFileSync(path, '');
    places.moving(() => place());
    places.save();
    expect(places.last()).toEqual(place());
  });
});
