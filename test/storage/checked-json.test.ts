import { expect, test } from 'vitest';
import { objectIn, serializeChecked } from '../../electron/storage/checked-json.ts';

test('a sealed file is plain JSON, and a change of any of its bytes is found (H9)', () => {
  const value = { v: 1, records: [{ body: 'Ünïcode "quoted" \u2028' }] };
  const file = Buffer.from(serializeChecked(value));
  expect(JSON.parse(file.toString())).toMatchObject(value);
  expect(objectIn(file)).toEqual(value);
  for (const at of file.keys()) {
    const changed = Buffer.from(file);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => objectIn(changed), `byte ${at}`).toThrow(SyntaxError);
    expect(() => objectIn(file.subarray(0, at)), `cut at ${at}`).toThrow(SyntaxError);
  }
});
