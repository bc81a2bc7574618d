import { describe, expect, it } from 'vitest';
import { isConnected } from '../../../src/engine/whole.ts';

/** As /proc/net/tcp has it, cut short: a server at port 8080, one client of it, and one that has left. */
const table = (
  state: string,
) => `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0
   1: 0100007F:1F90 0100007F:CE9A 01 00000000:00000000 00:00000000 00000000     0
  12: 0100007F:CE9A 0100007F:1F90 ${state} 00000000:00000000 00:00000000 00000000     0
`;

describe('a connection to a port', () => {
  it('is seen once it is established, from the side of who opened it', () => {
    expect(isConnected(table('01'), 0x1f90)).toBe(true);
    expect(isConnected(table('06'), 0x1f90)).toBe(false);
    expect(isConnected(table('01'), 0x1f9)).toBe(false);
    expect(isConnected(table('01'), 0x0a)).toBe(false);
  });
});
