import type { Proof } from '../../../shared/event.ts';
import { type Delivery, onlyHeader } from '../../delivery.ts';
import { cleaned, cutTo } from '../../text.ts';
import { contentHash, sameBody, sameId } from '../idempotency.ts';
import type { IdempotencyKey } from '../provider.ts';
import type { TransferFound } from './reading.ts';
import { signatureHeaders } from './signature.ts';

const day = 86_400_000;

/** The keys are the signed id and the transfer. An unsigned id is no key. */
export function idempotencyKeysOf(
  delivery: Delivery,
  proof: Proof,
  found: TransferFound | undefined,
): readonly [IdempotencyKey, ...IdempotencyKey[]] {
  const id =
    proof.status === 'verified'
      ? onlyHeader(delivery, `${signatureHeaders(delivery)}-id`)
      : undefined;
  const transfer = found && transferKey(found);

  if (id === undefined) return [transfer ?? sameBody(delivery.body, day)];
  return transfer ? [sameId(id, delivery.body), transfer] : [sameId(id, delivery.body)];
}

/** Undefined without a transaction: nothing else identifies a transfer. */
function transferKey({ type, transfer }: TransferFound): IdempotencyKey | undefined {
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
    id: `transfer:${contentHash(JSON.stringify([type, ...parts.map((part) => part && folded(part))]))}`,
    version: contentHash(folded(transfer.block_hash ?? '')),
    differing: { note: `Also reported in ${blockName(transfer.block_hash)}` },
    withinMs: null,
  };
}

/** Only EVM addresses and hashes ignore letter case. */
const folded = (text: string): string =>
  text.replace(/(?<![^.])0x[0-9a-f]+(?![^.])/gi, (hex) => hex.toLowerCase());

const blockName = (hash: string | null): string =>
  hash === null ? 'a block without a hash' : `block ${cutTo(cleaned(hash), 80)}`;
