import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const folder = join(import.meta.dirname, '../resources/tray');

test('each state of the tray has a shape of its own, in one colour too (T4)', () => {
  const shapes = readdirSync(folder).filter((name) => name.endsWith('Template.svg'));
  expect(shapes.length).toBeGreaterThanOrEqual(5);
  const drawn = shapes.map((name) => readFileSync(join(folder, name), 'utf8'));
  for (const shape of drawn) {
    const drawing = shape.replace(/<mask.*?<\/mask>/g, '');
    const colours = drawing.match(/(?<=(?:fill|stroke)=")(?!none)[^"]+/g) ?? [];
    expect(new Set(colours).size).toBeLessThanOrEqual(1);
  }
  expect(new Set(drawn).size).toBe(shapes.length);
});
