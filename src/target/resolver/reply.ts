import { AUTHORITATIVE_ANSWER, decode, encode, RECURSION_DESIRED } from 'dns-packet';

/** RFC 1035 §4.1.1. */
const nxDomain = 3;

/**
 * What is sent back for one query: the address for the name, nothing for its other types (AAAA among them), and no such domain
 * for any other name. It lives for 0 seconds, so that nobody but the mode under test keeps it. Null where the bytes are no query.
 */
export function replyTo(
  bytes: Buffer,
  known: { readonly name: string; readonly address: string },
): Buffer | null {
  const query = questionOf(bytes);
  if (query === null) return null;
  const { id, flags, question } = query;
  const { name, type } = question;
  // Names have no case (RFC 4343).
  const isKnown = name.toLowerCase() === known.name;
  const answers =
    isKnown && type === 'A'
      ? [{ type: 'A' as const, class: 'IN' as const, name, ttl: 0, data: known.address }]
      : [];
  return encode({
    ...{ type: 'response', id, questions: [question], answers },
    flags: AUTHORITATIVE_ANSWER | (flags & RECURSION_DESIRED) | (isKnown ? 0 : nxDomain),
  });
}

function questionOf(bytes: Buffer) {
  try {
    const { type, id = 0, flags = 0, questions = [] } = decode(bytes);
    const [question] = questions;
    return type === 'query' && question !== undefined ? { id, flags, question } : null;
  } catch {
    return null;
  }
}
