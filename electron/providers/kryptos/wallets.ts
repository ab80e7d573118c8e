import { type Lookup, lookup, shapes } from '../lookup.ts';
import { documentedEvents, type Envelope, Integration } from './events.ts';

/** Where explorers show the wallet that an envelope is about. */
export const walletLookups = (envelope: Envelope): Lookup[] => {
  const family = documentedEvents.find(({ type }) => type === envelope.event)?.family;
  const { data } = Integration.safeParse(envelope.data);
  return family === 'integration' && data ? lookupsOf(data) : [];
};

/**
 * Where the address of a wallet can be looked at. Only of connections that are themselves one chain: the address of any other may be on
 * many, and an explorer would show another account of it.
 */
const lookupsOf = ({ provider, publicAddress }: Integration): Lookup[] => {
  switch (provider?.toLowerCase()) {
    case 'ethereum':
      return lookup(
        'wallet',
        publicAddress,
        shapes.evmAddress,
        (address) => `https://etherscan.io/address/${address}`,
      );
    case 'bitcoin':
      return lookup(
        'wallet',
        publicAddress,
        shapes.bitcoinAddress,
        (address) => `https://mempool.space/address/${address}`,
      );
    case 'solana':
      return lookup(
        'wallet',
        publicAddress,
        shapes.solanaAddress,
        (address) => `https://explorer.solana.com/address/${address}`,
      );
    default:
      return [];
  }
};
