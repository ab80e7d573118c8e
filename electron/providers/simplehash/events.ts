import * as z from 'zod/mini';
import {
  anything,
  cleanText,
  isoTime,
  nested,
  opaqueId,
  rawText,
  wholeNumber,
  yesNo,
} from '../fields.ts';

/** https://simplehash.readme.io/reference/webhook-events. Any object parses. */
export const Envelope = z.object({ type: rawText, data: anything, nfts: anything });
export type Envelope = z.infer<typeof Envelope>;

const SaleDetails = z.object({
  marketplace_name: cleanText,
  is_bundle_sale: yesNo,
  payment_token: nested(z.object({ name: cleanText, symbol: cleanText, decimals: wholeNumber })),
  unit_price: wholeNumber,
  total_price: wholeNumber,
  unit_price_usd_cents: wholeNumber,
});
export type SaleDetails = z.infer<typeof SaleDetails>;

/** `data` of a transfer: https://docs.simplehash.com/reference/transfer-model. Any object parses. */
export const NftTransfer = z.object({
  nft_id: opaqueId,
  chain: cleanText,
  contract_address: opaqueId,
  token_id: opaqueId,
  collection_id: opaqueId,
  event_type: cleanText,
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
export type NftTransfer = z.infer<typeof NftTransfer>;

/** An element of `nfts`. Any object parses. */
export const Nft = z.object({ nft_id: opaqueId, name: cleanText, description: cleanText });
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
