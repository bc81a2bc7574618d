import { type DecodedPacket, decode, encode, type Question, RECURSION_DESIRED } from 'dns-packet';
import { describe, expect, it } from 'vitest';
import { replyTo } from '../../../src/target/resolver/reply.ts';

const known = { name: 'target.bench.test', address: '127.0.0.1' };
const ask = (question: Question) =>
  encode({ type: 'query', id: 4711, flags: RECURSION_DESIRED, questions: [question] });
const replied = (question: Question) => decode(replyTo(ask(question), known) ?? Buffer.alloc(0));
const codeOf = ({ flags = 0 }: DecodedPacket): number => flags & 0xf;

describe('what the resolver answers', () => {
  it('the address for its name, for no time at all', () => {
    const question: Question = { type: 'A', name: known.name };
    const { id, type, answers, questions, flags = 0 } = replied(question);
    expect({ id, type }).toEqual({ id: 4711, type: 'response' });
    expect(answers).toMatchObject([{ type: 'A', name: known.name, data: known.address, ttl: 0 }]);
    expect(questions).toMatchObject([question]);
    expect(flags & RECURSION_DESIRED).toBe(RECURSION_DESIRED);
  });

  it('names have no case', () => {
    const reply = replied({ type: 'A', name: 'TARGET.bench.Test' });
    expect(reply.answers).toMatchObject([{ name: 'TARGET.bench.Test', data: known.address }]);
  });

  it.each(['AAAA', 'TXT', 'HTTPS'] as const)('nothing of type %s, without an error', (type) => {
    const reply = replied({ type: type as 'AAAA', name: known.name });
    expect(reply.answers).toEqual([]);
    expect(codeOf(reply)).toBe(0);
  });

  it('no such domain for any other name', () => {
    const reply = replied({ type: 'A', name: 'localhost' });
    expect(reply.answers).toEqual([]);
    expect(codeOf(reply)).toBe(3);
  });

  it.each([
    ['bytes that are no message', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['no bytes', Buffer.alloc(0)],
    ['a message without a question', encode({ type: 'query', id: 1, questions: [] })],
    ['an answer', encode({ type: 'response', id: 1, questions: [{ type: 'A', name: 'a' }] })],
  ])('nothing to %s', (_, bytes) => {
    expect(replyTo(bytes, known)).toBeNull();
  });
});
