import { crc32 } from 'node:zlib';

/** A CRC-32 as eight hexadecimal digits. */
export const hexOf = (crc: number): string => crc.toString(16).padStart(8, '0');

export const checksum = (content: string | Uint8Array): string => hexOf(crc32(content));
