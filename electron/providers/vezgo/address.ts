/** https://vezgo.com/docs/webhooks */
export const publishedAddresses: readonly string[] = [
  '52.60.234.183',
  '52.60.240.87',
  '52.60.241.79',
  '52.60.242.161',
];
