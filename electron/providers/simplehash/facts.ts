import type { Fact } from '../../../shared/event.ts';
import {
  amountFact,
  capitalized,
  codeFact,
  remarkFact,
  textFact,
  timeFact,
  transactionFact,
} from '../event-text.ts';
import { wholeText } from '../fields.ts';
import type { Nft, NftTransfer, TransferEvent } from './events.ts';
import {
  chainOf,
  divided,
  type Price,
  priceOf,
  quantityOf,
  transferKind,
  unitPriceOf,
} from './transfer.ts';
import { nftName, priceText } from './words.ts';

export const transferFacts = (event: TransferEvent, transfer: NftTransfer): Fact[] => [
  ...remarkFact('What', capitalized(transferKind(transfer))),
  ...amountFact('Price', transfer.sale_details && exact(priceOf(transfer))),
  ...textFact('Chain', chainOf(transfer)),
  ...amountFact('Quantity', wholeText(quantityOf(transfer))),
  ...saleFacts(transfer),
  ...codeFact('NFT', transfer.nft_id),
  ...codeFact('Token', transfer.token_id),
  ...codeFact('Contract', transfer.contract_address),
  ...codeFact('Collection', transfer.collection_id),
  ...codeFact(
    event === 'wallet.outbound_transfer' ? 'From your wallet' : 'From',
    transfer.from_address,
  ),
  ...codeFact(event === 'wallet.inbound_transfer' ? 'To your wallet' : 'To', transfer.to_address),
  ...codeFact('Initiated by', transfer.transaction_initiator),
  ...transactionFact('Transaction', transfer.transaction),
  ...codeFact('Log index', transfer.log_index),
  ...codeFact('Position in the batch', transfer.batch_transfer_index),
  ...timeFact('Block time', transfer.timestamp),
  ...codeFact('Block', transfer.block_number),
  ...codeFact('Block hash', transfer.block_hash),
];

function saleFacts(transfer: NftTransfer): Fact[] {
  const { sale_details: sale } = transfer;
  if (sale === null) return [];

  const price = priceOf(transfer);
  const usdCents = sale.unit_price_usd_cents;
  return [
    ...amountFact('Price of one', exact(unitPriceOf(transfer))),
    ...amountFact(
      'Price in the smallest unit',
      price === null ? wholeText(sale.total_price ?? sale.unit_price) : null,
    ),
    ...amountFact(
      'Price of one in US dollars',
      typeof usdCents === 'bigint' ? divided(usdCents, 2n) : null,
    ),
    ...textFact('Marketplace', sale.marketplace_name),
    ...remarkFact(
      'Bundle',
      sale.is_bundle_sale === true ? 'One of several items at one price' : null,
    ),
  ];
}

const exact = (price: Price | null): string | null => price && priceText(price);

/** The first changed NFTs. Names may not be unique, so each has its id. */
export const updateFacts = (first: readonly (Nft | undefined)[], count: number): Fact[] => [
  ...first.flatMap((nft, index) => [
    ...nameFact(count === 1 ? 'Name' : `Name ${index + 1}`, nft),
    ...codeFact(count === 1 ? 'NFT' : `NFT ${index + 1}`, nft?.nft_id ?? null),
  ]),
  ...textFact('Description', count === 1 ? (first[0]?.description ?? null) : null),
  ...remarkFact(
    'More',
    count > first.length ? `${count - first.length} more are in the payload` : null,
  ),
];

const nameFact = (label: string, nft: Nft | undefined): Fact[] =>
  nft?.name ? textFact(label, nft.name) : remarkFact(label, nftName(nft));
