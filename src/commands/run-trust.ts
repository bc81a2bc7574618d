import type { HeaderRow } from '../model/journal.ts';
import type { Plan } from '../model/plan.ts';
import { leafKey, type Settings } from '../model/settings.ts';
import { type Certificates, makeCertificates } from '../target/certificates.ts';
import { addressFor, loopback } from '../target/start.ts';
import { type WrittenTrust, writeTrust } from '../target/trust.ts';

/** What targets show, and what clients trust, in one run. */
export interface RunTrust {
  certificatesOf(settings: Settings): Certificates;
  /** PEM file, the same for all settings that trust the same. */
  fileOf(settings: Settings): string;
  /** Certificates in that file; null where the client does not load it. */
  sizeOf(settings: Settings): number | null;
}

/** @param folder where the files are written. */
export async function runTrust({ cells }: Plan, folder: string): Promise<RunTrust> {
  const arms = cells.flatMap(({ arms: { baseline, candidate } }) => [baseline, candidate]);
  const addresses = [...new Set([loopback, ...arms.map(addressFor)])];
  const certificates = new Map<string, Certificates>();
  for (const key of new Set(arms.map((arm) => leafKey(arm.target)))) {
    certificates.set(key, await makeCertificates(key, addresses));
  }
  const certificatesOf = ({ target }: Settings): Certificates => {
    const made = certificates.get(leafKey(target));
    if (made === undefined) throw new Error(`no certificate of key ${leafKey(target)} was made`);
    return made;
  };
  const written = new Map<string, WrittenTrust>();
  const trustOf = (settings: Settings): WrittenTrust => {
    const { ca } = settings.connection;
    const wanted = JSON.stringify([ca, leafKey(settings.target)]);
    const known =
      written.get(wanted) ??
      writeTrust(folder, ca, certificatesOf(settings).authority, written.size);
    written.set(wanted, known);
    return known;
  };
  return {
    certificatesOf,
    fileOf: (settings) => trustOf(settings).file,
    sizeOf: (settings) => {
      const { tls, context } = settings.connection;
      return tls === 'none' || context === 'library' ? null : trustOf(settings).certificates;
    },
  };
}

/** Of every cell, for the journal. */
export const trustedIn = ({ cells }: Plan, { sizeOf }: RunTrust): HeaderRow['trusted'] =>
  Object.fromEntries(
    cells.map(({ id, arms: { baseline, candidate } }) => [
      id,
      { baseline: sizeOf(baseline), candidate: sizeOf(candidate) },
    ]),
  );
