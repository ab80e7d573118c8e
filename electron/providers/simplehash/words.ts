import type { ProviderEvent } from '../../../shared/event.ts';
import { wholeText } from '../fields.ts';
import { counted, cutName, inSentence, line, raised, shortened, titled } from '../telling.ts';
import type { Nft, Transfer, TransferEvent, UpdateEvent } from './events.ts';
import {
  chainOf,
  holder,
  kindOf,
  type Price,
  priceOf,
  quantityOf,
  type TransferKind,
} from './transfer.ts';

/** The part of an event that words and their weight make up. */
export type Words = Pick<ProviderEvent, 'kind' | 'title' | 'shortTitle' | 'summary' | 'severity'>;
type Title = Pick<ProviderEvent, 'title' | 'shortTitle'>;

/** What a person reads about a transfer, seen from their wallet where one is watched. */
export function transferWords(event: TransferEvent, transfer: Transfer): Words {
  const kind = kindOf(transfer);
  switch (event) {
    case 'wallet.inbound_transfer':
      return { kind: 'nft.received', severity: 'info', ...inbound(kind, transfer) };
    case 'wallet.outbound_transfer':
      return {
        kind: 'nft.sent',
        severity: kind === 'sale' ? 'info' : 'warning',
        ...outbound(kind, transfer),
      };
    case 'nft.transfer':
      return { kind: 'nft.moved', severity: 'info', ...moved(kind, transfer) };
    case 'contract.transfer':
      return {
        kind: 'contract.activity',
        severity: 'info',
        title: `${inContract[kind]} in a contract you watch`,
        summary: line(assetOf(transfer), chainName(transfer)),
      };
  }
}

const inContract = {
  mint: 'Minted',
  sale: 'Sold',
  transfer: 'Moved',
  burn: 'Burned',
} as const satisfies Record<TransferKind, string>;

function inbound(kind: TransferKind, transfer: Transfer): Title & { summary: string } {
  switch (kind) {
    case 'sale':
      return { ...priced('NFT bought', priceOf(transfer)), summary: sold(transfer) };
    case 'mint':
      return {
        title: 'NFT minted to your wallet',
        summary: line(assetOf(transfer), chainName(transfer)),
      };
    case 'transfer':
    case 'burn':
      return { title: 'NFT received', summary: passed(transfer, 'from', transfer.from_address) };
  }
}

function outbound(kind: TransferKind, transfer: Transfer): Title & { summary: string } {
  switch (kind) {
    case 'sale':
      return { ...priced('NFT sold', priceOf(transfer)), summary: sold(transfer) };
    case 'burn':
      return {
        title: 'NFT burned from your wallet',
        summary: line(assetOf(transfer), chainName(transfer)),
      };
    case 'transfer':
    case 'mint':
      return {
        title: 'NFT left your wallet',
        summary: passed(transfer, 'to', transfer.to_address),
      };
  }
}

function moved(kind: TransferKind, transfer: Transfer): Title & { summary: string } {
  const summary = line(assetOf(transfer), wayOf(transfer));
  switch (kind) {
    case 'sale':
      return { ...priced('NFT sold', priceOf(transfer)), summary };
    case 'mint':
      return { title: 'NFT minted', summary };
    case 'burn':
      return { title: 'NFT burned', summary };
    case 'transfer':
      return { title: 'NFT moved', summary };
  }
}

/** The amount is never cut: where it is too long for a notification, it is left out there. */
function priced(what: string, price: Price | null): Title {
  if (price === null) return { title: what };
  const title = `${what} for ${priceText(price)}`;
  return price.amount.length > 40 ? { title, shortTitle: what } : { title };
}

/** The exact price as people write it, such as `0.0299 ETH`. No symbol is longer than 20 characters. */
export const priceText = ({ amount, unit }: Price): string =>
  unit === null ? amount : `${amount} ${cutName(unit, 20)}`;

function sold(transfer: Transfer): string {
  const marketplace = transfer.sale_details?.marketplace_name ?? null;
  const where = marketplace === null ? '' : ` on ${inSentence(marketplace)}`;
  return line(`${assetOf(transfer)}${where}`, chainName(transfer));
}

function passed(transfer: Transfer, word: 'from' | 'to', address: string | null): string {
  const other = holder(address);
  const whom = other === null ? '' : ` ${word} ${shortened(other)}`;
  return line(`${assetOf(transfer)}${whom}`, chainName(transfer));
}

function wayOf(transfer: Transfer): string | null {
  const from = holder(transfer.from_address);
  const to = holder(transfer.to_address);
  if (from !== null && to !== null) return `${shortened(from)} to ${shortened(to)}`;
  if (to !== null) return `to ${shortened(to)}`;
  return from === null ? null : `from ${shortened(from)}`;
}

function chainName(of: Parameters<typeof chainOf>[0]): string | null {
  const chain = chainOf(of);
  return chain === null ? null : inSentence(raised(chain));
}

function assetOf(transfer: Transfer): string {
  const quantity = quantityOf(transfer);
  const several = quantity === 'too long' || (typeof quantity === 'bigint' && quantity > 1n);
  const asset = assetName(transfer);
  return several ? `${wholeText(quantity)} x ${asset}` : asset;
}

function assetName({ token_id, contract_address, nft_id }: Transfer): string {
  if (token_id !== null) return `#${shortened(token_id)}`;
  if (contract_address !== null) return shortened(contract_address);
  return nft_id === null ? 'An NFT' : nameFromId(nft_id);
}

/** `chain.contract.token` on EVM chains; elsewhere the part after the chain is the NFT itself. */
function nameFromId(nftId: string): string {
  const [chain = '', contract, ...token] = nftId.split('.', 8);
  if (token.length > 0) return `#${shortened(token.join('.'))}`;
  return shortened(contract ?? chain);
}

/** What a person calls an NFT: its name, which need not be its own alone, else its number. */
export function nftName(nft: Nft | undefined): string {
  if (!nft) return 'An NFT';
  if (nft.name !== null) return inSentence(nft.name);
  return nft.nft_id === null ? 'An NFT' : nameFromId(nft.nft_id);
}

/** What a person reads about NFTs whose details changed; `first` holds the first three of `count`. */
export function updateWords(
  event: UpdateEvent,
  first: readonly (Nft | undefined)[],
  count: number,
): Words {
  const names = first.map(nftName).join(', ');
  return {
    kind: 'nft.metadata',
    severity: 'info',
    ...updateTitle(event, counted(count, 'NFT', 'NFTs'), first),
    summary: count > 3 ? `${names} and ${count - 3} more` : names,
  };
}

function updateTitle(event: UpdateEvent, nfts: string, first: readonly (Nft | undefined)[]): Title {
  if (event === 'contract.nft_metadata_update') {
    return { title: `${nfts} changed in a contract you watch` };
  }
  const placed = first.find((nft) => nft !== undefined && chainOf(nft) !== null);
  const chain = placed && chainOf(placed);
  return chain
    ? titled(raised(chain), (name) => `${nfts} changed on ${name}`)
    : { title: `${nfts} changed on a chain you watch` };
}
