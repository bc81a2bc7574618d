/** One route of koa, on $PORT, with TLS as $BENCH_TLS says. */
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import Koa from 'koa';

const { PORT, BENCH_TLS: tls, BENCH_TLS_KEY, BENCH_TLS_CERT } = process.env;

const app = new Koa();
app.use((context) => {
  context.type = 'text/plain';
  context.body = 'hello, world\n';
});

const server =
  tls === 'none'
    ? http.createServer(app.callback())
    : https.createServer(
        {
          key: readFileSync(BENCH_TLS_KEY),
          cert: readFileSync(BENCH_TLS_CERT),
          minVersion: `TLSv${tls}`,
          maxVersion: `TLSv${tls}`,
        },
        app.callback(),
      );
server.listen(Number(PORT), '127.0.0.1');
