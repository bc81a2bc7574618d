/**
 * Every process that a run starts carries this in its environment, and hands it on to its own
 * children. The watchdog finds by it what is left when we die, stopped processes and those that
 * changed their session included.
 */
export const markVariable = 'BENCH_RUN';
