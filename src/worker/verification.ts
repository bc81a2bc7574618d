import net from 'node:net';
import tls from 'node:tls';
import type { WorkerTask } from './protocol.ts';

/** Whose certificate is taken. An address is verified too, but never sent: only names may be (RFC 6066 §3). */
export function verificationOf({
  servername,
  verify,
}: Pick<WorkerTask, 'servername' | 'verify'>): tls.ConnectionOptions {
  const isName = net.isIP(servername) === 0;
  return {
    servername: isName ? servername : '',
    rejectUnauthorized: verify,
    ...(isName
      ? {}
      : { checkServerIdentity: (_, cert) => tls.checkServerIdentity(servername, cert) }),
  };
}
