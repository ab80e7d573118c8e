import * as z from 'zod/mini';
import {
  anything,
  flag,
  isoTime,
  nested,
  opaqueId,
  rawText,
  text,
  wholeNumber,
} from '../fields.ts';

/** What every delivery holds: https://simplehash.readme.io/reference/webhook-events. Any object parses. */
export const Envelope = z.object({ type: rawText, data: anything, nfts: anything });
export type Envelope = z.infer<typeof Envelope>;

const SaleDetails = z.object({
  marketplace_name: text,
  is_bundle_sale: flag,
  payment_token: nested(z.object({ name: text, symbol: text, decimals: wholeNumber })),
  unit_price: wholeNumber,
  total_price: wholeNumber,
  unit_price_usd_cents: wholeNumber,
});
export type SaleDetails = z.infer<typeof SaleDetails>;

/** `data` of a transfer, with what https://docs.simplehash.com/reference/transfer-model adds. Any object parses. */
export const Transfer = z.object({
  nft_id: opaqueId,
  chain: text,
  contract_address: opaqueId,
  token_id: opaqueId,
  collection_id: opaqueId,
  event_type: text,
  from_address: opaqueId,
  to_address: opaqueId,
  quantity: wholeNumber,
  quantity_string: wholeNumber,
  timestamp: isoTime,
  block_number: opaqueId,
  block_hash: opaqueId,
  transaction: opaqueId,
  transaction_initiator: opaqueId,
  log_index: opaqueId,
  batch_transfer_index: opaqueId,
  sale_details: nested(SaleDetails),
});
export type Transfer = z.infer<typeof Transfer>;

/** One entry of `nfts`. Any object parses. */
export const Nft = z.object({ nft_id: opaqueId, name: text, description: text });
export type Nft = z.infer<typeof Nft>;

export const transferEvents = [
  'wallet.inbound_transfer',
  'wallet.outbound_transfer',
  'nft.transfer',
  'contract.transfer',
] as const;
export type TransferEvent = (typeof transferEvents)[number];

export const updateEvents = ['contract.nft_metadata_update', 'chain.nft_metadata_update'] as const;
export type UpdateEvent = (typeof updateEvents)[number];
