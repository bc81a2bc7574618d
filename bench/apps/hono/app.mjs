/** One route of hono, on $PORT, with TLS as $BENCH_TLS says. */
import { readFileSync } from 'node:fs';
import https from 'node:https';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const { PORT, BENCH_TLS: tls, BENCH_TLS_KEY, BENCH_TLS_CERT } = process.env;
const encrypted =
  tls === 'none'
    ? {}
    : {
        createServer: https.createServer,
        serverOptions: {
          key: readFileSync(BENCH_TLS_KEY),
          cert: readFileSync(BENCH_TLS_CERT),
          minVersion: `TLSv${tls}`,
          maxVersion: `TLSv${tls}`,
        },
      };

const app = new Hono();
app.get('/', (context) => context.text('hello, world\n'));
serve({ ...encrypted, fetch: app.fetch, port: Number(PORT), hostname: '127.0.0.1' });
