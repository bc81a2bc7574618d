import { nodeWorkers } from './node-workers.ts';

/** HTTP/1.1 on the sockets and the TLS of the runtime under test. */
export const httpEngine = nodeWorkers({
  name: 'http',
  refuses: () => null,
  transport: () => ({ kind: 'http' }),
});
