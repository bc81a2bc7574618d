import type { ClientStart, PausedClient, WholeClient } from './engine.ts';
import { startPaused } from './paused.ts';
import { AimedProgram, type StockProgram } from './stock.ts';
import { wholeClient } from './whole.ts';

/** Paused where the target counts the requests of a slice, else run whole. */
export async function startStock(
  stock: StockProgram,
  start: ClientStart,
): Promise<PausedClient | WholeClient> {
  const aimed = new AimedProgram(stock, start, await start.port);
  return start.served === null ? wholeClient(aimed) : startPaused(aimed, start.served);
}
