import type { Proof } from '../../../shared/event.ts';
import { type Delivery, onlyHeader } from '../../delivery.ts';
import { cleaned, cutTo } from '../../text.ts';
import type { RepeatKey } from '../provider.ts';
import { digest, sameBody, sameId } from '../repeats.ts';
import type { TransferFound } from './reading.ts';
import { signatureHeaders } from './signature.ts';

const day = 86_400_000;

/** The signed id names a delivery, and so does what it transfers; an id that nobody signed names nothing. */
export function repeatKeysOf(
  delivery: Delivery,
  proof: Proof,
  found: TransferFound | undefined,
): readonly [RepeatKey, ...RepeatKey[]] {
  const id =
    proof.status === 'verified'
      ? onlyHeader(delivery, `${signatureHeaders(delivery)}-id`)
      : undefined;
  const transfer = found && transferKey(found);

  if (id === undefined) return [transfer ?? sameBody(delivery.body, day)];
  return transfer ? [sameId(id, delivery.body), transfer] : [sameId(id, delivery.body)];
}

/** Undefined without a transaction: then too little is known to call two transfers the same. */
function transferKey({ type, transfer }: TransferFound): RepeatKey | undefined {
  if (transfer.transaction === null) return undefined;
  const parts = [
    transfer.chain?.toLowerCase() ?? null,
    transfer.transaction,
    transfer.log_index,
    transfer.batch_transfer_index,
    transfer.nft_id,
    transfer.from_address,
    transfer.to_address,
  ];
  return {
    id: `transfer:${digest(JSON.stringify([type, ...parts.map((part) => part && folded(part))]))}`,
    version: digest(folded(transfer.block_hash ?? '')),
    differing: { note: `Also reported in ${blockName(transfer.block_hash)}` },
    withinMs: null,
  };
}

/** EVM chains spell addresses and hashes in either letter case; elsewhere letter case is meaning. */
const folded = (text: string): string =>
  text.replace(/(?<![^.])0x[0-9a-f]+(?![^.])/gi, (hex) => hex.toLowerCase());

const blockName = (hash: string | null): string =>
  hash === null ? 'a block without a hash' : `block ${cutTo(cleaned(hash), 80)}`;
