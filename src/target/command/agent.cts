/**
 * Preloaded by NODE_OPTIONS into every Node process of a target, Node 16 and newer, CommonJS and ES modules
 * alike. Says how much CPU the process has used whenever the meter asks, and when it exits. It holds nothing
 * open and takes neither `process.on('message')` nor any descriptor by number.
 */
{
  const { isMainThread } = require('node:worker_threads') as typeof import('node:worker_threads');
  const { Socket } = require('node:net') as typeof import('node:net');
  const meter = process.env.BENCH_TARGET_METER;

  // A worker thread gets the preload too, and cpuUsage() is the whole process's.
  if (isMainThread && meter !== undefined) {
    // As it is before the target patches it: instrumentation would take ours for traffic.
    const { write } = Socket.prototype;
    const socket = new Socket();
    const tell = (): void => {
      const { user, system } = process.cpuUsage();
      write.call(socket, `${user + system}\n`);
    };
    socket.on('data', tell);
    socket.on('error', () => {});
    socket.on('close', () => process.removeListener('exit', tell));
    process.on('exit', tell);
    socket.connect(meter);
    socket.unref();
  }
}
