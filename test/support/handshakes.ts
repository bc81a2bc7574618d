import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import tls from 'node:tls';
import type { Certificates } from '../../src/target/certificates.ts';

/** One connection as it was on the wire, and what the client says of it. */
export interface Captured {
  readonly fromServer: Buffer;
  readonly version: string | null;
  readonly cipher: string;
  readonly isResumed: boolean;
}

export interface Offered {
  readonly certificates: Certificates;
  readonly version: tls.SecureVersion;
  readonly client?: tls.ConnectionOptions;
  readonly server?: tls.TlsOptions;
}

/** Shakes hands twice over a connection that is listened in on: in full, and with the session of the first. */
export async function shakenTwice(offered: Offered): Promise<readonly [Captured, Captured]> {
  const { certificates, version } = offered;
  const versions = { minVersion: version, maxVersion: version };
  const server = tls.createServer(
    { ...certificates.leaf, ...versions, ...offered.server },
    (socket) => void socket.on('error', () => {}).end('answer'),
  );
  rememberSessions(server);
  const chunks: Buffer[] = [];
  const port = await listening(server);
  const between = net.createServer((near) => {
    const far = net.connect({ host: '127.0.0.1', port });
    far.on('data', (chunk: Buffer) => chunks.push(chunk));
    near.pipe(far).pipe(near);
  });
  const options = {
    ...{ host: '127.0.0.1', port: await listening(between), servername: 'localhost' },
    ...{ ca: certificates.authority, ...versions, ...offered.client },
  };
  const captured = async (session: tls.ConnectionOptions) => {
    const { fresh, ...said } = await shaken({ ...options, ...session });
    return { ...said, fresh, fromServer: Buffer.concat(chunks.splice(0)) };
  };
  try {
    const first = await captured({});
    return [first, await captured({ session: first.fresh })];
  } finally {
    server.close();
    between.close();
  }
}

/** For clients that take no tickets: by their numbers. */
function rememberSessions(server: tls.Server): void {
  const known = new Map<string, Buffer>();
  server.on('newSession', (id: Buffer, data: Buffer, done: () => void) => {
    known.set(id.toString('hex'), data);
    done();
  });
  server.on('resumeSession', (id: Buffer, done: (error: null, data: Buffer | null) => void) =>
    done(null, known.get(id.toString('hex')) ?? null),
  );
}

async function listening(server: net.Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

async function shaken(options: tls.ConnectionOptions) {
  const socket = tls.connect(options);
  let fresh: Buffer | undefined;
  socket.on('session', (session) => {
    fresh = session;
  });
  await once(socket, 'secureConnect');
  const version = socket.getProtocol();
  const said = { version, cipher: socket.getCipher().name, isResumed: socket.isSessionReused() };
  // The server ends it behind its answer; by then the ticket is here.
  await once(socket.resume(), 'close');
  return { ...said, fresh: fresh ?? socket.getSession() };
}
