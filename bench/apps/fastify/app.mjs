/** One route of fastify, on $PORT, with TLS as $BENCH_TLS says. */
import { readFileSync } from 'node:fs';
import fastify from 'fastify';

const { PORT, BENCH_TLS: tls, BENCH_TLS_KEY, BENCH_TLS_CERT } = process.env;
const https =
  tls === 'none'
    ? null
    : {
        key: readFileSync(BENCH_TLS_KEY),
        cert: readFileSync(BENCH_TLS_CERT),
        minVersion: `TLSv${tls}`,
        maxVersion: `TLSv${tls}`,
      };

const app = fastify({ https });
app.get('/', (_request, reply) => {
  reply.type('text/plain').send('hello, world\n');
});
await app.listen({ port: Number(PORT), host: '127.0.0.1' });
