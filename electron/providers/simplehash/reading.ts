import type { EventRead } from '../provider.ts';
import {
  type Envelope,
  Nft,
  NftTransfer,
  type TransferEvent,
  transferEvents,
  type UpdateEvent,
  updateEvents,
} from './events.ts';
import { transferFacts, updateFacts } from './facts.ts';
import { chainOf, commonChain } from './transfer.ts';
import { collectionIn, onChain, transferWords, unreadWords, updateWords } from './words.ts';

/** A transfer under its documented type. */
export type TransferFound = { readonly type: TransferEvent; readonly transfer: NftTransfer };

/** Undefined for another type, or for `data` that is not one object. */
export function transferIn(envelope: Envelope): TransferFound | undefined {
  const type = transferEvents.find((event) => event === envelope.type);
  const { data: transfer } = NftTransfer.safeParse(envelope.data);
  return type && transfer && { type, transfer };
}

export const transferEvent = ({ type, transfer }: TransferFound): EventRead => ({
  event: {
    ...transferWords(type, transfer),
    type,
    occurredAt: transfer.timestamp,
    account: null,
    ...onChain(chainOf(transfer)),
    ...collectionIn(transfer),
  },
  facts: () => transferFacts(type, transfer),
});

/** The event of a metadata update, which has `nfts` and no `data`; undefined for anything else. */
export function updateEvent(envelope: Envelope): EventRead | undefined {
  const type = updateEvents.find((event) => event === envelope.type);
  return type && Array.isArray(envelope.nfts) ? updateOf(type, envelope.nfts) : undefined;
}

/** The event of a documented type with an unexpected payload; undefined for other types. */
export function unreadEvent(envelope: Envelope): EventRead | undefined {
  const type = [...transferEvents, ...updateEvents].find((event) => event === envelope.type);
  return (
    type && {
      event: { ...unreadWords(type, envelope), type, occurredAt: null, account: null },
      facts: () => [],
    }
  );
}

/** A delivery is one row, however many NFTs it holds. Only the first few are parsed; of the others only the chain is read. */
function updateOf(type: UpdateEvent, nfts: readonly unknown[]): EventRead {
  const firstOf = (count: number) => nfts.slice(0, count).map((nft) => Nft.safeParse(nft).data);
  const chain = commonChain(nfts);
  const words = updateWords(type, { first: firstOf(3), count: nfts.length, chain });
  const on = onChain(chain?.status === 'one' ? chain.chain : null);
  return {
    event: { ...words, type, occurredAt: null, account: null, ...on },
    facts: () => updateFacts(firstOf(10), nfts.length),
  };
}
