/** One route of express, on $PORT, with TLS as $BENCH_TLS says. */
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import express from 'express';

const { PORT, BENCH_TLS: tls, BENCH_TLS_KEY, BENCH_TLS_CERT } = process.env;

const app = express();
app.get('/', (_request, response) => {
  response.type('text/plain').send('hello, world\n');
});

const server =
  tls === 'none'
    ? http.createServer(app)
    : https.createServer(
        {
          key: readFileSync(BENCH_TLS_KEY),
          cert: readFileSync(BENCH_TLS_CERT),
          minVersion: `TLSv${tls}`,
          maxVersion: `TLSv${tls}`,
        },
        app,
      );
server.listen(Number(PORT), '127.0.0.1');
