import type { Fact } from '../shared/event.ts';
import type { ShownBody, ShownHeader } from '../shared/timeline.ts';
import type { HeaderLine } from './delivery.ts';
import type { Import } from './history/record.ts';
import { type Mask, mask, maskedBytes } from './masking.ts';
import { providers } from './providers/index.ts';
import { sha256 } from './verdict.ts';

/** Masked whoever was to receive them: a delivery may carry the signature that was meant for another source. */
const sensitiveNames = [
  ...['authorization', 'proxy-authorization', 'cookie', 'set-cookie'],
  ...[...providers.values()].flatMap(({ sensitiveHeaders }) => sensitiveHeaders),
];
const hexBytes = 4096;

type Headed = {
  readonly headers: readonly HeaderLine[];
  readonly imported?: Import | undefined;
};

/**
 * Headers as anyone may see them. Those that prove a sender, and those that an export left out, are masked by name; values of ours are
 * masked in every other one (E7).
 */
export const shownHeaders = ({ headers, imported }: Headed, masking: Mask): ShownHeader[] => {
  const sensitive = new Set([...sensitiveNames, ...(imported?.masked ?? [])]);
  return headers.map(([name, value]) => {
    const shown = masking(value);
    const isSecret = sensitive.has(name.toLowerCase()) || (shown === mask && value !== mask);
    return { name: masking(name), value: isSecret ? '' : shown, masked: isSecret };
  });
};

/** A body as anyone may see it: size and hash are those of what came, values of ours in it are masked. */
export const shownBody = (body: Buffer, masking: Mask): ShownBody => {
  const text = body.toString('utf8');
  const isUtf8 = Buffer.from(text, 'utf8').equals(body);
  return {
    bytes: body.byteLength,
    sha256: sha256(body).toString('hex'),
    text: isUtf8 ? masking(text) : null,
    hex: isUtf8 ? null : maskedBytes(body, masking).subarray(0, hexBytes).toString('hex'),
  };
};

/** Details as anyone may see them: some of them quote a header. */
export const shownFacts = (facts: readonly Fact[], masking: Mask): Fact[] =>
  facts.map((fact) => (fact.form === 'time' ? fact : { ...fact, value: masking(fact.value) }));
