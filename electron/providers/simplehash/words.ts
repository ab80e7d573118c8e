import type { ProviderEvent } from '../../../shared/event.ts';
import {
  capitalized,
  contentNotUnderstood,
  counted,
  cutName,
  type EventWords,
  line,
  rowName,
  shortened,
  titled,
} from '../event-text.ts';
import { wholeText } from '../fields.ts';
import type { Envelope, Nft, NftTransfer, TransferEvent, UpdateEvent } from './events.ts';
import {
  type CommonChain,
  chainOf,
  holder,
  type Price,
  priceOf,
  quantityOf,
  type TransferKind,
  transferKind,
} from './transfer.ts';

type Title = Pick<ProviderEvent, 'title' | 'shortTitle'>;

/** The text for a transfer, from the point of view of the watched wallet where there is one. */
export function transferWords(event: TransferEvent, transfer: NftTransfer): EventWords {
  const kind = transferKind(transfer);
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
        summary: kind === 'sale' ? soldFor(transfer) : line(assetOf(transfer), chainName(transfer)),
      };
  }
}

const inContract = {
  mint: 'Minted',
  sale: 'Sold',
  transfer: 'Moved',
  burn: 'Burned',
} as const satisfies Record<TransferKind, string>;

function inbound(kind: TransferKind, transfer: NftTransfer): Title & { summary: string } {
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

function outbound(kind: TransferKind, transfer: NftTransfer): Title & { summary: string } {
  switch (kind) {
    case 'sale':
      return { ...priced('Your NFT sold', priceOf(transfer)), summary: sold(transfer) };
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

function moved(kind: TransferKind, transfer: NftTransfer): Title & { summary: string } {
  const summary = line(assetOf(transfer), wayOf(transfer));
  switch (kind) {
    case 'sale':
      return { ...priced('Watched NFT sold', priceOf(transfer)), summary };
    case 'mint':
      return { title: 'Watched NFT minted', summary };
    case 'burn':
      return { title: 'Watched NFT burned', summary };
    case 'transfer':
      return { title: 'Watched NFT moved', summary };
  }
}

/** An amount is never cut: a notification leaves out one that is too long. */
function priced(what: string, price: Price | null): Title {
  if (price === null) return { title: what };
  const title = `${what} for ${priceText(price)}`;
  return price.amount.length > 40 ? { title, shortTitle: what } : { title };
}

/** The exact price, such as `0.0299 ETH`. A symbol has at most 20 characters. */
export const priceText = ({ amount, unit }: Price): string =>
  unit === null ? amount : `${amount} ${cutName(unit, 20)}`;

function sold(transfer: NftTransfer): string {
  const marketplace = transfer.sale_details?.marketplace_name ?? null;
  const where = marketplace === null ? '' : ` on ${rowName(marketplace)}`;
  return line(`${assetOf(transfer)}${where}`, chainName(transfer));
}

/** A stranger's sale: what, for how much, and where. */
function soldFor(transfer: NftTransfer): string {
  const price = priceOf(transfer);
  const forPrice = price === null ? '' : ` for ${priceText(price)}`;
  return line(`${assetOf(transfer)}${forPrice}`, chainName(transfer));
}

function passed(transfer: NftTransfer, word: 'from' | 'to', address: string | null): string {
  const other = holder(address);
  const whom = other === null ? '' : ` ${word} ${shortened(other)}`;
  return line(`${assetOf(transfer)}${whom}`, chainName(transfer));
}

function wayOf(transfer: NftTransfer): string | null {
  const from = holder(transfer.from_address);
  const to = holder(transfer.to_address);
  if (from !== null && to !== null) return `${shortened(from)} to ${shortened(to)}`;
  if (to !== null) return `to ${shortened(to)}`;
  return from === null ? null : `from ${shortened(from)}`;
}

function chainName(of: Parameters<typeof chainOf>[0]): string | null {
  const chain = chainOf(of);
  return chain === null ? null : rowName(capitalized(chain));
}

/** The chain of an event, for people. */
export function onChain(name: string | null): Pick<ProviderEvent, 'chain'> {
  return name === null ? {} : { chain: rowName(capitalized(name)) };
}

/** The contract on its chain. A transfer names no collection, so its name is the shortened address. */
export function collectionIn(transfer: NftTransfer): Pick<ProviderEvent, 'collection'> {
  const { contract_address: contract } = transfer;
  if (contract === null) return {};
  const chain = chainOf(transfer);
  // Letters of either case spell the same address there.
  const address = /^0x[0-9a-f]+$/i.test(contract) ? contract.toLowerCase() : contract;
  const on = chainName(transfer);
  return {
    collection: {
      id: `${chain ?? ''} ${address}`,
      name: `${shortened(address)}${on === null ? '' : ` on ${on}`}`,
    },
  };
}

function assetOf(transfer: NftTransfer): string {
  const quantity = quantityOf(transfer);
  const several = quantity === 'too long' || (typeof quantity === 'bigint' && quantity > 1n);
  const asset = assetName(transfer);
  return several ? `${wholeText(quantity)} x ${asset}` : asset;
}

function assetName({ token_id, contract_address, nft_id }: NftTransfer): string {
  if (token_id !== null) return `#${shortened(token_id)}`;
  if (contract_address !== null) return shortened(contract_address);
  return nft_id === null ? 'An NFT' : nameFromId(nft_id);
}

/** An id is `chain.contract.token` on EVM chains; elsewhere the part after the chain names the NFT. */
function nameFromId(nftId: string): string {
  const [chain = '', contract, ...token] = nftId.split('.', 8);
  if (token.length > 0) return `#${shortened(token.join('.'))}`;
  return shortened(contract ?? chain);
}

/** The name of an NFT, which may not be unique; without a name, its number. */
export function nftName(nft: Nft | undefined): string {
  if (!nft) return 'An NFT';
  if (nft.name !== null) return rowName(nft.name);
  return nft.nft_id === null ? 'An NFT' : nameFromId(nft.nft_id);
}

/** `first` holds up to three NFTs; `count` counts all. */
type Update = {
  readonly first: readonly (Nft | undefined)[];
  readonly count: number;
  readonly chain: CommonChain;
};

export function updateWords(event: UpdateEvent, { first, count, chain }: Update): EventWords {
  const names = first.map(nftName).join(', ');
  return {
    kind: 'nft.metadata',
    severity: 'info',
    ...updateTitle(event, counted(count, 'NFT', 'NFTs'), chain),
    summary: count > 3 ? `${names} and ${count - 3} more` : names,
  };
}

function updateTitle(event: UpdateEvent, nfts: string, chain: CommonChain): Title {
  if (event === 'contract.nft_metadata_update')
    return { title: `${nfts} changed in a contract you watch` };
  if (chain === null) return { title: `${nfts} changed on a chain you watch` };
  return chain.status === 'several'
    ? { title: `${nfts} changed on several chains` }
    : titled(capitalized(chain.chain), (name) => `${nfts} changed on ${name}`);
}

const unread = {
  'wallet.inbound_transfer': { kind: 'nft.received', title: 'NFT received', severity: 'info' },
  'wallet.outbound_transfer': {
    kind: 'nft.sent',
    title: 'NFT left your wallet',
    severity: 'warning',
  },
  'nft.transfer': { kind: 'nft.moved', title: 'Watched NFT moved', severity: 'info' },
  'contract.transfer': {
    kind: 'contract.activity',
    title: 'Activity in a contract you watch',
    severity: 'info',
  },
  'contract.nft_metadata_update': {
    kind: 'nft.metadata',
    title: 'NFTs changed in a contract you watch',
    severity: 'info',
  },
  'chain.nft_metadata_update': {
    kind: 'nft.metadata',
    title: 'NFTs changed on a chain you watch',
    severity: 'info',
  },
} as const satisfies Record<TransferEvent | UpdateEvent, Omit<EventWords, 'summary'>>;

/** The text for a documented type whose payload has another shape. */
export const unreadWords = (
  event: TransferEvent | UpdateEvent,
  { data, nfts }: Envelope,
): EventWords =>
  contentNotUnderstood(
    unread[event],
    unread[event].kind === 'nft.metadata'
      ? { field: 'nfts', wanted: 'a list', sent: nfts }
      : { field: 'data', wanted: 'an object', sent: data },
  );
