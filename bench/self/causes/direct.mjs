/**
 * What units of a client's work take on the Node that runs this, by tinybench with the CPU clock of the process: nothing of bench
 * is in it. Must run on Node 16. `node direct.mjs PLAIN_PORT TLS_PORT CA_FILE`; prints µs as JSON.
 */
import { readFileSync } from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';
import { Bench } from 'tinybench';

const [plainPort, tlsPort, caFile] = process.argv.slice(2);
const bundle = readFileSync(caFile, 'utf8');
const certificates = bundle.split(/(?<=-----END CERTIFICATE-----)\s+/).filter((pem) => pem !== '');
// The run's own authority is the last one.
const own = certificates.at(-1) ?? '';
const tls13 = { minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3' };
const secureContext = tls.createSecureContext({ ca: own, ...tls13 });
const host = '127.0.0.1';

/** As many as bench has at once, so that what the event loop takes is shared by as many. */
const atOnce = 8;

/** One byte there and one back, and closed: what a session's tickets take belongs to the handshake. */
const exchange = (socket) =>
  new Promise((resolve, reject) => {
    socket.setNoDelay(true);
    socket.on('error', reject);
    socket.on('data', () => socket.end());
    socket.on('close', resolve);
    socket.write('x');
  });
const all = (connect) => async () => {
  await Promise.all(Array.from({ length: atOnce }, () => exchange(connect())));
};

const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
// As long as bench warms arms up that open connections: V8 optimises their code over thousands of them.
const bench = new Bench({ now: cpuMs, time: 1_000, warmupTime: 1_500, warmupIterations: 20 });
bench.add('context', () => void tls.createSecureContext({ ca: own, ...tls13 }));
bench.add('bundle', () => void tls.createSecureContext({ ca: bundle, ...tls13 }));
bench.add(
  'plain',
  all(() => net.connect({ host, port: Number(plainPort) })),
);
bench.add(
  'tls',
  all(() => tls.connect({ host, port: Number(tlsPort), servername: 'localhost', secureContext })),
);
await bench.run();

/** Mean of one call in µs: what is rare, such as a collection of dead contexts, counts in full. */
const us = (name) => {
  const { result } = bench.getTask(name) ?? {};
  if (result?.latency === undefined) throw new Error(`${name}: ${result?.error ?? result?.state}`);
  return result.latency.mean * 1000;
};
const plain = us('plain') / atOnce;
console.log(
  JSON.stringify({
    node: process.versions.node,
    connection: plain,
    handshake: us('tls') / atOnce - plain,
    context: us('context'),
    certificate: (us('bundle') - us('context')) / (certificates.length - 1),
  }),
);
