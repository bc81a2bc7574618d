import type { Expectation, RequestSpec } from '../model/settings.ts';

/** What is wrong with a response, or null. `text` is null where the expectation does not need the body. */
export function mismatch(
  { method, path, expect }: RequestSpec,
  status: number,
  bytes: number,
  text: string | null,
): string | null {
  const found = missed(expect, status, bytes, text);
  return found === null ? null : `${method} ${path}: ${found}`;
}

function missed(
  expect: Expectation,
  status: number,
  bytes: number,
  text: string | null,
): string | null {
  if (status !== expect.status) return `status ${status}, expected ${expect.status}`;
  const { body } = expect;
  switch (body.kind) {
    case 'any':
      return null;
    case 'bytes':
      return bytes === body.bytes ? null : `body of ${bytes} bytes, expected ${body.bytes}`;
    case 'equals':
      return text === body.text
        ? null
        : `body differs from the expected ${body.text.length} characters`;
    case 'includes':
      return text?.includes(body.text) === true ? null : 'body lacks the expected text';
  }
}

export const needsText = (expect: Expectation): boolean =>
  expect.body.kind === 'equals' || expect.body.kind === 'includes';
