import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { rootCertificates } from 'node:tls';
import { BenchFailure, messageOf } from '../model/failure.ts';
import type { CaSource } from '../model/settings.ts';

/**
 * Writes what a client trusts into one PEM file for both arms: runtimes carry different root lists, and
 * a longer list would pass for a slower version. The run's own authority is always in it.
 * @throws BenchFailure when the user's file cannot be read or holds no certificate.
 */
export function writeTrust(
  folder: string,
  ca: CaSource,
  authority: string,
  index: number,
): WrittenTrust {
  const file = path.join(folder, `trusted-${index}.pem`);
  const text = `${[...extra(ca), authority].map((pem) => pem.trim()).join('\n')}\n`;
  writeFileSync(file, text);
  return { file, certificates: text.split(begin).length - 1 };
}

export interface WrittenTrust {
  readonly file: string;
  readonly certificates: number;
}

const begin = '-----BEGIN CERTIFICATE-----';

function extra(ca: CaSource): readonly string[] {
  if (ca.kind === 'none') return [];
  if (ca.kind === 'bundle') return rootCertificates;
  if (ca.kind === 'part') return rootCertificates.slice(0, ca.certificates);
  let text: string;
  try {
    text = readFileSync(ca.path, 'utf8');
  } catch (error) {
    throw new BenchFailure(
      'configuration',
      `connection.ca.file: ${messageOf(error)}. Name a PEM file with certificates.`,
    );
  }
  if (!text.includes(begin)) {
    throw new BenchFailure(
      'configuration',
      `connection.ca.file: ${ca.path} holds no certificate. Name a PEM file with certificates.`,
    );
  }
  return [text];
}
