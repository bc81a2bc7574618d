/** The resolver's own process: answers, counts, and reports its CPU when asked. */
import { micros } from '../../model/units.ts';
import type { FromResolver, ResolverTask, ToResolver } from './protocol.ts';
import { createResolver } from './server.ts';

const say = (message: FromResolver): void => {
  process.send?.(message);
};
let queries = 0;

function answer(task: ResolverTask): void {
  const socket = createResolver(task, () => {
    queries += 1;
  });
  socket.on('error', (error) => say({ kind: 'failed', message: error.message }));
  socket.bind(0, task.listen, () => say({ kind: 'answering', port: socket.address().port }));
}

process.on('message', (message: ToResolver) => {
  if (message.kind === 'answer') answer(message.task);
  else {
    const { user, system } = process.cpuUsage();
    say({ kind: 'reading', queries, cpuUs: micros(user + system) });
  }
});
process.on('disconnect', () => process.exit(0));
say({ kind: 'ready' });
