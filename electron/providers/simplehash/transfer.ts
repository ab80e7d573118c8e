import { cleaned } from '../../text.ts';
import type { Whole } from '../fields.ts';
import type { NftTransfer, SaleDetails } from './events.ts';

const transferKinds = ['mint', 'sale', 'transfer', 'burn'] as const;
export type TransferKind = (typeof transferKinds)[number];

/** The kind of a transfer, from `event_type`, else from its addresses and sale. */
export function transferKind(transfer: NftTransfer): TransferKind {
  const named = transferKinds.find((kind) => kind === transfer.event_type?.toLowerCase());
  if (named) return named;
  if (holder(transfer.from_address) === null) return 'mint';
  if (holder(transfer.to_address) === null) return 'burn';
  return transfer.sale_details === null ? 'transfer' : 'sale';
}

/** The holder's address; null without one and for the zero address of an EVM chain. */
export const holder = (address: string | null): string | null =>
  address === null || /^0x0+$/i.test(address) ? null : address;

/** The chain, such as `ethereum`; without one, the first part of the NFT's id. */
export const chainOf = ({
  chain,
  nft_id,
}: {
  readonly chain?: string | null;
  readonly nft_id: string | null;
}): string | null => chain ?? (nft_id === null ? null : cleaned(chainIn(nft_id)) || null);

/** The part of an NFT's id before its first dot, not cleaned; else empty. */
const chainIn = (nftId: string): string => nftId.slice(0, Math.max(0, nftId.indexOf('.')));

/** Null: no chain is named. */
export type CommonChain =
  | { readonly status: 'one'; readonly chain: string }
  | { readonly status: 'several' }
  | null;

/** The chain of all NFTs of an update; ids without a chain do not count. */
export function commonChain(nfts: readonly unknown[]): CommonChain {
  let common: string | null = null;
  for (const nft of nfts) {
    const chain = chainIn(idIn(nft));
    if (chain === '') continue;
    if (common !== null && chain !== common) return { status: 'several' };
    common = chain;
  }
  const plain = common === null ? '' : cleaned(common);
  return plain === '' ? null : { status: 'one', chain: plain };
}

/** A schema would parse up to 100,000 NFTs whole. */
const idIn = (nft: unknown): string =>
  typeof nft === 'object' &&
  nft !== null &&
  Object.hasOwn(nft, 'nft_id') &&
  'nft_id' in nft &&
  typeof nft.nft_id === 'string'
    ? nft.nft_id
    : '';

/** The text wins: the sender may have rounded the number. */
export const quantityOf = ({ quantity, quantity_string }: NftTransfer): Whole =>
  quantity_string ?? quantity;

/** An exact amount of a token. `unit` is its symbol or name, which is foreign text. */
export type Price = { readonly amount: string; readonly unit: string | null };

/** The exact total price; null when any part of it is missing or invalid. */
export function priceOf(transfer: NftTransfer): Price | null {
  const sale = transfer.sale_details;
  return sale && inToken(sale, sale.total_price ?? times(sale.unit_price, quantityOf(transfer)));
}

export const unitPriceOf = ({ sale_details: sale }: NftTransfer): Price | null =>
  sale && inToken(sale, sale.unit_price);

const times = (price: Whole, quantity: Whole): Whole =>
  typeof price === 'bigint' && typeof quantity === 'bigint' && quantity > 0n
    ? price * quantity
    : null;

function inToken({ payment_token: token }: SaleDetails, units: Whole): Price | null {
  if (!token || typeof token.decimals !== 'bigint' || typeof units !== 'bigint') return null;
  const amount = divided(units, token.decimals);
  return amount === null ? null : { amount, unit: token.symbol ?? token.name };
}

const mostDecimals = 36n;
const mostDigits = 80;

/** `units` divided by 10 to the power of `decimals`, exactly, without trailing zeros; null outside the limits. */
export function divided(units: bigint, decimals: bigint): string | null {
  if (units < 0n || decimals < 0n || decimals > mostDecimals) return null;
  const places = Number(decimals);
  const digits = String(units).padStart(places + 1, '0');
  if (digits.length > mostDigits) return null;

  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '');
  return fraction === '' ? whole : `${whole}.${fraction}`;
}
