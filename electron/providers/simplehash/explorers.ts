import type { LookedUp } from '../../../shared/place-outside.ts';
import { type Lookup, lookup, shapes } from '../lookup.ts';
import type { NftTransfer } from './events.ts';
import { chainOf, holder } from './transfer.ts';

/** An explorer with the paths of Etherscan's. `nft` is the path in front of contract and token; null where it is not known. */
type EvmExplorer = { readonly at: string; readonly nft: 'nft' | 'token-instance' | null };

const etherscan = (at: string): EvmExplorer => ({ at, nft: 'nft' });

/** The explorer of each EVM chain, by SimpleHash's name of the chain. A `Map` is safe for names that come from outside. */
const evmExplorers: ReadonlyMap<string, EvmExplorer> = new Map([
  ['ethereum', etherscan('https://etherscan.io')],
  ['ethereum-sepolia', etherscan('https://sepolia.etherscan.io')],
  ['polygon', etherscan('https://polygonscan.com')],
  ['base', etherscan('https://basescan.org')],
  ['base-sepolia', etherscan('https://sepolia.basescan.org')],
  ['arbitrum', etherscan('https://arbiscan.io')],
  ['arbitrum-nova', etherscan('https://nova.arbiscan.io')],
  ['optimism', etherscan('https://optimistic.etherscan.io')],
  ['bsc', etherscan('https://bscscan.com')],
  ['gnosis', etherscan('https://gnosisscan.io')],
  ['linea', etherscan('https://lineascan.build')],
  ['scroll', etherscan('https://scrollscan.com')],
  ['blast', etherscan('https://blastscan.io')],
  ['celo', etherscan('https://celoscan.io')],
  ['avalanche', { at: 'https://snowtrace.io', nft: null }],
  ['zora', { at: 'https://explorer.zora.energy', nft: 'token-instance' }],
]);

/** The chains that have an explorer here. */
export const explorableChains: readonly string[] = [...evmExplorers.keys(), 'solana', 'bitcoin'];

/** What public explorers show of a transfer. Of a chain that is not known here: nothing. */
export const transferLookups = (transfer: NftTransfer): Lookup[] => {
  const chain = chainOf(transfer)?.toLowerCase() ?? '';
  if (chain === 'solana') return onSolana(transfer);
  if (chain === 'bitcoin') return onBitcoin(transfer);
  const explorer = evmExplorers.get(chain);
  return explorer ? onEvm(explorer, transfer) : [];
};

type Party = readonly [what: LookedUp, address: string | null];
const partiesOf = ({ from_address, to_address }: NftTransfer): Party[] => [
  ['sender', holder(from_address)],
  ['recipient', holder(to_address)],
];

const onEvm = ({ at, nft }: EvmExplorer, transfer: NftTransfer): Lookup[] => [
  ...lookup(
    'transaction',
    transfer.transaction,
    shapes.evmTransaction,
    (hash) => `${at}/tx/${hash}`,
  ),
  ...evmAsset({ at, nft }, transfer),
  ...partiesOf(transfer).flatMap(([what, address]) =>
    lookup(what, address, shapes.evmAddress, (plain) => `${at}/address/${plain}`),
  ),
];

/** The NFT itself where contract and token are known. */
const evmAsset = ({ at, nft }: EvmExplorer, { contract_address, token_id }: NftTransfer) => {
  if (nft === null || contract_address === null) return [];
  if (!shapes.evmAddress.test(contract_address)) return [];
  return lookup('asset', token_id, shapes.evmToken, (token) =>
    nft === 'nft'
      ? `${at}/nft/${contract_address}/${token}`
      : `${at}/token/${contract_address}/instance/${token}`,
  );
};

const solana = 'https://explorer.solana.com';

/** An NFT of Solana is its mint's address. */
const onSolana = (transfer: NftTransfer): Lookup[] => [
  ...lookup(
    'transaction',
    transfer.transaction,
    shapes.solanaTransaction,
    (signature) => `${solana}/tx/${signature}`,
  ),
  ...lookup('asset', nameIn(transfer), shapes.solanaAddress, (mint) => `${solana}/address/${mint}`),
  ...partiesOf(transfer).flatMap(([what, address]) =>
    lookup(what, address, shapes.solanaAddress, (plain) => `${solana}/address/${plain}`),
  ),
];

/** An NFT of Bitcoin is its inscription's id. */
const onBitcoin = (transfer: NftTransfer): Lookup[] => [
  ...lookup(
    'transaction',
    transfer.transaction,
    shapes.bitcoinTransaction,
    (id) => `https://mempool.space/tx/${id}`,
  ),
  ...lookup(
    'asset',
    nameIn(transfer),
    shapes.bitcoinInscription,
    (id) => `https://ordinals.com/inscription/${id}`,
  ),
  ...partiesOf(transfer).flatMap(([what, address]) =>
    lookup(
      what,
      address,
      shapes.bitcoinAddress,
      (plain) => `https://mempool.space/address/${plain}`,
    ),
  ),
];

/** What stands behind the chain in an NFT's id: `solana.<mint>`, `bitcoin.<inscription>`. */
const nameIn = ({ nft_id }: NftTransfer): string | null =>
  nft_id === null || !nft_id.includes('.') ? null : nft_id.slice(nft_id.indexOf('.') + 1);
