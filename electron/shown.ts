import type { ShownBody, ShownHeader } from '../shared/timeline.ts';
import type { HeaderLine } from './delivery.ts';
import type { Import } from './history/record.ts';
import { providers } from './providers/index.ts';
import { sha256 } from './verdict.ts';

const alwaysMasked = ['authorization', 'proxy-authorization', 'cookie', 'set-cookie'];
const hexBytes = 4096;

type Headed = {
  readonly headers: readonly HeaderLine[];
  readonly provider: string;
  readonly imported?: Import | undefined;
};

/** Headers as anyone may see them: what proves a sender, or lets one in, is masked, and so is what an export left out. */
export const shownHeaders = ({ headers, provider, imported }: Headed): ShownHeader[] => {
  const sensitive = new Set([
    ...alwaysMasked,
    ...(providers.get(provider)?.sensitiveHeaders ?? []),
    ...(imported?.masked ?? []),
  ]);
  return headers.map(([name, value]) =>
    sensitive.has(name.toLowerCase())
      ? { name, value: '', masked: true }
      : { name, value, masked: false },
  );
};

export const shownBody = (body: Buffer): ShownBody => {
  const text = body.toString('utf8');
  const isUtf8 = Buffer.from(text, 'utf8').equals(body);
  return {
    bytes: body.byteLength,
    sha256: sha256(body).toString('hex'),
    text: isUtf8 ? text : null,
    hex: isUtf8 ? null : body.subarray(0, hexBytes).toString('hex'),
  };
};
