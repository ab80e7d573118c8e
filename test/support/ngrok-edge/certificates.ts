import { generate } from 'selfsigned';

/** A small authority, and a certificate of it for 127.0.0.1; all PEM. */
export type Certificates = {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
};

const common = { keyType: 'ec', algorithm: 'sha256' } as const;

/** The SDK refuses a certificate that is its own authority, so there are two. */
export const makeCertificates = async (): Promise<Certificates> => {
  const authority = await generate([{ name: 'commonName', value: 'Stand-in edge authority' }], {
    ...common,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const leaf = await generate([{ name: 'commonName', value: 'Stand-in edge' }], {
    ...common,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 7, ip: '127.0.0.1' },
          { type: 2, value: 'localhost' },
        ],
      },
    ],
  });
  return { authority: authority.cert, certificate: leaf.cert, key: leaf.private };
};
