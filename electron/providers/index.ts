import { kryptos } from './kryptos/index.ts';
import type { Provider } from './provider.ts';
import { simplehash } from './simplehash/index.ts';
import { vezgo } from './vezgo/index.ts';

/** Every provider Hookbell knows, one line each. A `Map`, because ids come from outside. */
export const providers: ReadonlyMap<string, Provider> = new Map(
  [kryptos, vezgo, simplehash].map((provider) => [provider.id, provider]),
);
