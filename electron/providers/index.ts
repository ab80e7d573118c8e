import { kryptos } from './kryptos/index.ts';
import type { Provider } from './provider.ts';
import { simplehash } from './simplehash/index.ts';
import { vezgo } from './vezgo/index.ts';

/** All providers by id. A `Map` is safe for ids that come from outside. */
export const providers: ReadonlyMap<string, Provider> = new Map(
  [kryptos, vezgo, simplehash].map((provider) => [provider.id, provider]),
);
