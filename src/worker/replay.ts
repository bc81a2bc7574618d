import type { EncodedRequest } from './request-bytes.ts';

/** The requests of the scenario in their order, over and over, for all connections together. */
export function replayOf(
  requests: readonly [EncodedRequest, ...EncodedRequest[]],
): () => EncodedRequest {
  let cursor = 0;
  return () => {
    const request = requests[cursor % requests.length] ?? requests[0];
    cursor += 1;
    return request;
  };
}
