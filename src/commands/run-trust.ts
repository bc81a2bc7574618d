import type { Plan } from '../model/plan.ts';
import { leafKey, type Settings } from '../model/settings.ts';
import { type Certificates, makeCertificates } from '../target/certificates.ts';
import { addressFor, loopback } from '../target/start.ts';
import { writeTrust } from '../target/trust.ts';

/** What targets show, and what clients trust, in one run. */
export interface RunTrust {
  certificatesOf(settings: Settings): Certificates;
  /** PEM file, the same for all settings that trust the same. */
  fileOf(settings: Settings): string;
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
  const files = new Map<string, string>();
  return {
    certificatesOf,
    fileOf: (settings) => {
      const { ca } = settings.connection;
      const wanted = JSON.stringify([ca, leafKey(settings.target)]);
      const known =
        files.get(wanted) ?? writeTrust(folder, ca, certificatesOf(settings).authority, files.size);
      files.set(wanted, known);
      return known;
    },
  };
}
