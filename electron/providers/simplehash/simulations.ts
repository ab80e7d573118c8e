import { hmacSha256 } from '../../verdict.ts';
import type { Simulation, SimulationContext } from '../provider.ts';
import { keyOf } from './signature.ts';

type Fields = Readonly<Record<string, unknown>>;
type MakeData = (context: SimulationContext) => Fields;

const wallet = '0xfa6E0aDDF68267b8b6fF2dA55Ce01a53Fad6D8e2';
const contract = '0x495f947276749Ce646f68AC8c248420045cb7b5e';

const simulated = (id: string, label: string, makeData: MakeData): Simulation => ({
  id,
  label,
  make: (context) => {
    const body = JSON.stringify({ type: id.split(':')[0], ...makeData(context) });
    return {
      headers: { 'content-type': 'application/json', ...signed(context, body) },
      body,
    };
  },
});

/** Signature headers; none without a valid secret. */
function signed({ secret, now, hex }: SimulationContext, body: string): Record<string, string> {
  const key = secret === null ? null : keyOf(secret);
  if (key === null) return {};

  const id = `msg_${hex(27)}`;
  const timestamp = String(Math.floor(now / 1000));
  const digest = hmacSha256(key, `${id}.${timestamp}.${body}`).toString('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${digest}`,
  };
}

/** A transfer of a new token; null stands for no holder. */
const transfer =
  (from: string | null | 'other', to: string | null | 'other', more: Fields = {}): MakeData =>
  ({ now, hex }) => {
    const party = (who: string | null) => (who === 'other' ? `0x${hex(40)}` : who);
    const token = freshToken(hex);
    return {
      data: {
        nft_id: `ethereum.${contract.toLowerCase()}.${token}`,
        chain: 'ethereum',
        contract_address: contract,
        token_id: token,
        from_address: party(from),
        to_address: party(to),
        quantity: 1,
        timestamp: new Date(now - 12_000).toISOString().replace(/\.\d+Z$/, 'Z'),
        block_number: 17394012,
        block_hash: `0x${hex(64)}`,
        transaction: `0x${hex(64)}`,
        log_index: 17,
        batch_transfer_index: 0,
        sale_details: null,
        ...more,
      },
    };
  };

const freshToken = (hex: SimulationContext['hex']): string => String(Number.parseInt(hex(4), 16));

const sale = {
  sale_details: {
    marketplace_name: 'OpenSea',
    is_bundle_sale: false,
    payment_token: {
      payment_token_id: 'ethereum.native',
      name: 'Ether',
      symbol: 'ETH',
      address: null,
      decimals: 18,
    },
    unit_price: 29900000000000000,
    total_price: 29900000000000000,
  },
};

const nfts =
  (count: number): MakeData =>
  ({ hex }) => ({
    nfts: Array.from({ length: count }, () => freshToken(hex)).map((token) => ({
      nft_id: `ethereum.0x8943c7bac1914c9a7aba750bf2b6b09fd21037e0.${token}`,
      name: `#${token}`,
      description: 'Lazy Lions',
      image_url: null,
      video_url: null,
      audio_url: null,
      model_url: null,
      previews: null,
      extra_metadata: { attributes: [{ trait_type: 'Background', value: 'Iron' }] },
    })),
  });

export const simulations: readonly [Simulation, ...Simulation[]] = [
  simulated('wallet.inbound_transfer', 'NFT received', transfer('other', wallet)),
  simulated('wallet.inbound_transfer:sale', 'NFT bought', transfer('other', wallet, sale)),
  simulated('wallet.inbound_transfer:mint', 'NFT minted to the wallet', transfer(null, wallet)),
  simulated('wallet.outbound_transfer', 'NFT left the wallet', transfer(wallet, 'other')),
  simulated('wallet.outbound_transfer:sale', 'NFT sold', transfer(wallet, 'other', sale)),
  simulated('wallet.outbound_transfer:burn', 'NFT burned', transfer(wallet, null)),
  simulated('nft.transfer', 'Watched NFT moved', transfer('other', 'other')),
  simulated('nft.transfer:sale', 'Watched NFT sold', transfer('other', 'other', sale)),
  simulated('contract.transfer', 'Moved in a contract', transfer('other', 'other')),
  simulated('contract.transfer:sale', 'Sold in a contract', transfer('other', 'other', sale)),
  simulated(
    'contract.transfer:mint',
    'Minted in a contract',
    transfer(null, 'other', { quantity: 25 }),
  ),
  simulated('contract.transfer:burn', 'Burned in a contract', transfer('other', null)),
  simulated('contract.nft_metadata_update', 'NFT details changed in a contract', nfts(5)),
  simulated('chain.nft_metadata_update', 'NFT details changed on a chain', nfts(1)),
];
