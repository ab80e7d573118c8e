import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const inRenderer = (path: string) =>
  fileURLToPath(new URL(`../../renderer/${path}`, import.meta.url));
const text = (path: string) => readFileSync(inRenderer(path), 'utf8');

test('the outlines of providers, which cannot ask for a colour, have the colours of both themes', () => {
  const tokens = text('styles/tokens.css');
  const both = (name: string) =>
    new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(tokens)?.slice(1) ?? [];
  const [fills, strokes] = [both('n4'), both('n6')];
  expect([...fills, ...strokes]).toHaveLength(4);

  const outlines = readdirSync(inRenderer('ui/outlines'));
  expect(outlines).toHaveLength(4);
  for (const outline of outlines) {
    const rules = [...text(`ui/outlines/${outline}`).matchAll(/fill: (#\w+); stroke: (#\w+)/g)];
    expect(rules.map(([, fill]) => fill)).toEqual(fills);
    expect(rules.map(([, , stroke]) => stroke)).toEqual(strokes);
  }
});
