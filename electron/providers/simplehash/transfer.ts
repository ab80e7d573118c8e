import { cleaned } from '../../text.ts';
import type { Whole } from '../fields.ts';
import type { SaleDetails, Transfer } from './events.ts';

const transferKinds = ['mint', 'sale', 'transfer', 'burn'] as const;
export type TransferKind = (typeof transferKinds)[number];

/** What a transfer was, by the first sign of it that the transfer model gives. */
export function kindOf(transfer: Transfer): TransferKind {
  const named = transferKinds.find((kind) => kind === transfer.event_type?.toLowerCase());
  if (named) return named;
  if (holder(transfer.from_address) === null) return 'mint';
  if (holder(transfer.to_address) === null) return 'burn';
  return transfer.sale_details === null ? 'transfer' : 'sale';
}

/** Who holds the asset: nobody when there is no address, or when it is the zero address of an EVM chain. */
export const holder = (address: string | null): string | null =>
  address === null || /^0x0+$/i.test(address) ? null : address;

/** The chain as `ethereum`; when it is not named, the beginning of the NFT's id names it. */
export const chainOf = ({
  chain,
  nft_id,
}: {
  readonly chain?: string | null;
  readonly nft_id: string | null;
}): string | null => chain ?? (nft_id === null ? null : cleaned(chainIn(nft_id)) || null);

/** The part of an NFT's id before its first dot; empty when there is none. Not cleaned. */
const chainIn = (nftId: string): string => nftId.slice(0, Math.max(0, nftId.indexOf('.')));

/** `several`: at least two different ones; null: none is named. */
export type CommonChain =
  | { readonly status: 'one'; readonly chain: string }
  | { readonly status: 'several' }
  | null;

/** The chain that all of the NFTs of an update are on; those whose id names none do not count. */
export function commonChain(nfts: readonly unknown[]): CommonChain {
  let common: string | null = null;
  for (const nft of nfts) {
    const chain = chainIn(idIn(nft));
    if (chain === '') continue;
    if (common !== null && chain !== common) return { status: 'several' };
    common = chain;
  }
  const shown = common === null ? '' : cleaned(common);
  return shown === '' ? null : { status: 'one', chain: shown };
}

/** An update may hold a hundred thousand NFTs: a schema would read each of them whole. */
const idIn = (nft: unknown): string =>
  typeof nft === 'object' &&
  nft !== null &&
  Object.hasOwn(nft, 'nft_id') &&
  'nft_id' in nft &&
  typeof nft.nft_id === 'string'
    ? nft.nft_id
    : '';

/** The text wins over the number, which may have been rounded on its way. */
export const quantityOf = ({ quantity, quantity_string }: Transfer): Whole =>
  quantity_string ?? quantity;

/** An exact amount of a token. `unit` is its symbol or name, which strangers choose. */
export type Price = { readonly amount: string; readonly unit: string | null };

/** What was paid, exactly; null where anything about it is missing or makes no sense, so that no price is ever wrong. */
export function priceOf(transfer: Transfer): Price | null {
  const sale = transfer.sale_details;
  return sale && inToken(sale, sale.total_price ?? times(sale.unit_price, quantityOf(transfer)));
}

/** What one piece cost, exactly, or null. */
export const unitPriceOf = ({ sale_details: sale }: Transfer): Price | null =>
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

/** `units` divided by ten to the power of `decimals`, exactly, without trailing zeros; null outside of what a token may have. */
export function divided(units: bigint, decimals: bigint): string | null {
  if (units < 0n || decimals < 0n || decimals > mostDecimals) return null;
  const places = Number(decimals);
  const digits = String(units).padStart(places + 1, '0');
  if (digits.length > mostDigits) return null;

  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '');
  return fraction === '' ? whole : `${whole}.${fraction}`;
}
