/**
 * Preloaded by NODE_OPTIONS into every Node process of a launch that is profiled, Node 16 and newer. Profiles its main thread
 * between two words of the parent. It holds nothing open, and is in no process that is measured.
 */
import type { Session } from 'node:inspector';
import type { FromProfiled, ToProfiled } from './protocol.ts';

{
  const { isMainThread } = require('node:worker_threads') as typeof import('node:worker_threads');
  const { Socket } = require('node:net') as typeof import('node:net');
  const { writeFileSync } = require('node:fs') as typeof import('node:fs');
  const place = process.env.BENCH_PROFILER;

  if (isMainThread && place !== undefined) {
    // As it is before anybody patches it: instrumentation would take ours for traffic.
    const { write } = Socket.prototype;
    const socket = new Socket();
    const say = (answer: FromProfiled): void => {
      write.call(socket, `${JSON.stringify(answer)}\n`);
    };
    const failed = (error: unknown): void => {
      say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    };
    let session: Session | null = null;

    const start = (intervalUs: number): void => {
      // Not every Node has it, so it is asked for here and not above.
      const inspector = require('node:inspector') as typeof import('node:inspector');
      const own = new inspector.Session();
      session = own;
      own.connect();
      const worker = process.env.BENCH_WORKER ?? null;
      own.post('Profiler.enable', (failure) => {
        if (failure) return failed(failure);
        own.post('Profiler.setSamplingInterval', { interval: intervalUs }, (failure) => {
          if (failure) return failed(failure);
          own.post('Profiler.start', (failure) =>
            failure ? failed(failure) : say({ kind: 'started', worker }),
          );
        });
      });
    };
    const stop = (file: string): void => {
      session?.post('Profiler.stop', (failure, { profile }) => {
        if (failure) return failed(failure);
        try {
          writeFileSync(file, JSON.stringify(profile));
          say({ kind: 'stopped' });
        } catch (error) {
          failed(error);
        }
      });
    };

    let rest = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        try {
          const asked = JSON.parse(line) as ToProfiled;
          if (asked.kind === 'start') start(asked.intervalUs);
          else stop(asked.file);
        } catch (error) {
          failed(error);
        }
      }
    });
    socket.on('error', () => {});
    socket.connect(place);
    socket.unref();
  }
}
