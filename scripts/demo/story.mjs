const recorded = '200 recorded';

/** What the demo sends, by the names of `--simulate`, and the answers it expects. */
export const plays = [
  { name: 'recalculation', answers: [recorded, recorded, recorded, recorded] },
  { name: 'lost-key', answers: [recorded, recorded, recorded, recorded, recorded] },
  { name: 'simplehash/contract.transfer:mint', answers: [recorded] },
  { name: 'simplehash/wallet.inbound_transfer:sale', answers: [recorded] },
  {
    name: 'wrong-secret',
    answers: ['401 signature-wrong', '401 signature-wrong', '401 signature-wrong'],
  },
];

/** The notifications that the demo expects. */
export const expectedTitles = [
  'Gains and losses are up to date',
  'Binance could not sync',
  'NFT bought for 0.0299 ETH',
];
