/** As OpenSSL names what IANA numbers, so that both say the same; what Node offers by itself. */
const ciphers: ReadonlyMap<number, string> = new Map([
  [0x1301, 'TLS_AES_128_GCM_SHA256'],
  [0x1302, 'TLS_AES_256_GCM_SHA384'],
  [0x1303, 'TLS_CHACHA20_POLY1305_SHA256'],
  [0xc02b, 'ECDHE-ECDSA-AES128-GCM-SHA256'],
  [0xc02c, 'ECDHE-ECDSA-AES256-GCM-SHA384'],
  [0xc02f, 'ECDHE-RSA-AES128-GCM-SHA256'],
  [0xc030, 'ECDHE-RSA-AES256-GCM-SHA384'],
  [0xcca8, 'ECDHE-RSA-CHACHA20-POLY1305'],
  [0xcca9, 'ECDHE-ECDSA-CHACHA20-POLY1305'],
]);

const groups: ReadonlyMap<number, string> = new Map([
  [0x0017, 'ECDH prime256v1'],
  [0x0018, 'ECDH secp384r1'],
  [0x0019, 'ECDH secp521r1'],
  [0x001d, 'ECDH X25519'],
]);

const hex = (number: number): string => `0x${number.toString(16).padStart(4, '0')}`;

export const cipherName = (number: number): string => ciphers.get(number) ?? hex(number);
export const groupName = (number: number): string => groups.get(number) ?? hex(number);
