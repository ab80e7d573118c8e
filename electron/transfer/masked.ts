import type { Fact } from '../../shared/event.ts';
import type { MaskedBody, MaskedHeader } from '../../shared/timeline.ts';
import type { HeaderLine } from '../delivery.ts';
import type { Import } from '../history/record.ts';
import { type Mask, mask, maskedBytes } from '../masking.ts';
import { providers } from '../providers/index.ts';
import { sha256 } from '../verdict.ts';

/** Masked for all sources: a delivery may contain the signature of another source. */
const sensitiveNames = [
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  ...[...providers.values()].flatMap(({ sensitiveHeaders }) => sensitiveHeaders),
];
const hexBytes = 4096;

type Headed = {
  readonly headers: readonly HeaderLine[];
  readonly imported?: Import | undefined;
};

/** Masks headers for display: sensitive ones and those that an export masked, by name, and secret values in all others (E7). */
export const maskedHeaders = ({ headers, imported }: Headed, masking: Mask): MaskedHeader[] => {
  const sensitive = new Set([...sensitiveNames, ...(imported?.masked ?? [])]);
  return headers.map(([name, value]) => {
    const visible = masking(value);
    const isSecret = sensitive.has(name.toLowerCase()) || (visible === mask && value !== mask);
    return { name: masking(name), value: isSecret ? '' : visible, masked: isSecret };
  });
};

/** Masks a body for display. Size and hash are those of the received body. */
export const maskedBody = (body: Buffer, masking: Mask): MaskedBody => {
  const text = body.toString('utf8');
  const isUtf8 = Buffer.from(text, 'utf8').equals(body);
  return {
    bytes: body.byteLength,
    sha256: sha256(body).toString('hex'),
    text: isUtf8 ? masking(text) : null,
    hex: isUtf8 ? null : maskedBytes(body, masking).subarray(0, hexBytes).toString('hex'),
  };
};

/** Masks details for display: some of them quote a header. */
export const maskedFacts = (facts: readonly Fact[], masking: Mask): Fact[] =>
  facts.map((fact) => (fact.form === 'time' ? fact : { ...fact, value: masking(fact.value) }));
