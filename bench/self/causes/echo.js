/** Sends back what it is sent, without TLS and with it, on loopback ports of its own; in a process of its own. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import tls from 'node:tls';

process.once('message', async ({ key, cert, core }) => {
  execFileSync('taskset', ['--all-tasks', '--cpu-list', '--pid', `${core}`, `${process.pid}`]);
  const echo = (socket) => {
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.pipe(socket);
  };
  const listening = async (server) => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server.address().port;
  };
  const plain = await listening(net.createServer(echo));
  const secure = await listening(tls.createServer({ key, cert }, echo));
  process.send({ plain, secure });
});
process.on('disconnect', () => process.exit());
