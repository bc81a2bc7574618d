/**
 * Calls `drop` with the time before which a request must have been sent, in ms of `performance.now`, to be overdue. One timer
 * for all, not one per request: time-outs must not cost the measured path anything.
 */
export function watchOverdue(
  timeoutMs: number,
  drop: (sentBefore: number, reason: string) => void,
): NodeJS.Timeout {
  const reason = `no answer within ${timeoutMs} ms`;
  const timer = setInterval(
    () => drop(performance.now() - timeoutMs, reason),
    Math.max(50, timeoutMs / 10),
  );
  return timer.unref();
}
