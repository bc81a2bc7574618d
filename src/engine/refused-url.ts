import { isIP } from 'node:net';
import type { EngineName, Settings, UrlTarget } from '../model/settings.ts';
import { parseTargetUrl } from '../model/url.ts';

/** What our own workers do that no program of others can be told to: send a name in TLS, and verify it or not. */
const isOurs = (name: EngineName): boolean => name === 'http' || name === 'undici';
const verifiesNothing = (name: EngineName): boolean => name === 'wrk' || name === 'autocannon';

/** What an engine cannot do with a server that runs already, whose certificate is not signed by the run; or null. */
export function refusedUrl({ target, client, connection }: Settings): string | null {
  if (target.kind !== 'url' || connection.tls === 'none') return null;
  const { kind } = client.engine;
  if (!isOurs(kind)) {
    const name = nameInTls(target);
    if (name !== null) return `target.url with TLS to ${name} (it sends no name in TLS)`;
    if (verifiesNothing(kind)) return null;
    if (!target.verify) return 'target.verify: false (it verifies)';
  }
  return target.verify && connection.ca.kind === 'none'
    ? `connection.ca: none with TLS to ${target.url} (it trusts nobody then: write bundle, or { file: ca.pem } of who signed the certificate)`
    : null;
}

/** What the server has to be told in the handshake; null where there is nothing. */
function nameInTls({ servername, url: said }: UrlTarget): string | null {
  if (servername !== null) return servername;
  const url = parseTargetUrl(said);
  return typeof url === 'string' || isIP(url.host) !== 0 ? null : url.host;
}
