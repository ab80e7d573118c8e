import type { EventRead } from '../provider.ts';
import {
  type Envelope,
  Nft,
  Transfer,
  type TransferEvent,
  transferEvents,
  type UpdateEvent,
  updateEvents,
} from './events.ts';
import { transferFacts, updateFacts } from './facts.ts';
import { commonChain } from './transfer.ts';
import { transferWords, unreadWords, updateWords } from './words.ts';

/** The transfer an envelope holds, under its documented type; undefined when it holds none. */
export type TransferFound = { readonly type: TransferEvent; readonly transfer: Transfer };

/** An array in `data` was never documented: such a delivery is kept whole, and its content is not understood. */
export function transferIn(envelope: Envelope): TransferFound | undefined {
  const type = transferEvents.find((event) => event === envelope.type);
  const { data: transfer } = Transfer.safeParse(envelope.data);
  return type && transfer && { type, transfer };
}

export const transferEvent = ({ type, transfer }: TransferFound): EventRead => ({
  event: {
    ...transferWords(type, transfer),
    type,
    occurredAt: transfer.timestamp,
    account: null,
  },
  facts: () => transferFacts(type, transfer),
});

/** The event of a metadata update, which has `nfts` and no `data`; undefined when it is none. */
export function updateEvent(envelope: Envelope): EventRead | undefined {
  const type = updateEvents.find((event) => event === envelope.type);
  return type && Array.isArray(envelope.nfts) ? updateOf(type, envelope.nfts) : undefined;
}

/** The event of a known type whose payload is missing or has another shape; undefined when the type is none of the six. */
export function unreadEvent(envelope: Envelope): EventRead | undefined {
  const type = [...transferEvents, ...updateEvents].find((event) => event === envelope.type);
  return (
    type && {
      event: { ...unreadWords(type, envelope), type, occurredAt: null, account: null },
      facts: () => [],
    }
  );
}

/** One delivery is one row, however many NFTs it holds; of all but the first few only the chain is looked at. */
function updateOf(type: UpdateEvent, nfts: readonly unknown[]): EventRead {
  const firstOf = (count: number) => nfts.slice(0, count).map((nft) => Nft.safeParse(nft).data);
  const words = updateWords(type, {
    first: firstOf(3),
    count: nfts.length,
    chain: commonChain(nfts),
  });
  return {
    event: { ...words, type, occurredAt: null, account: null },
    facts: () => updateFacts(firstOf(10), nfts.length),
  };
}
