import { describe, expect, it } from 'vitest';
import { BenchFailure } from '../../../src/model/failure.ts';
import { Conversation } from '../../../src/process/conversation.ts';

type Answer =
  | { readonly kind: 'opened' | 'closed' }
  | { readonly kind: 'failed' | 'refused'; readonly message: string };

function talk() {
  const asked: object[] = [];
  const conversation = new Conversation<object, Answer>(
    (question) => asked.push(question),
    (how) => new Error(`the other ${how}`),
  );
  return { asked, conversation };
}

describe('a conversation', () => {
  it('gives each question its answer, in order, however early that came', async () => {
    const { asked, conversation } = talk();
    const opened = conversation.ask({ open: true }, 'opened', 1000);
    conversation.heard({ kind: 'opened' });
    conversation.heard({ kind: 'closed' });
    expect(await opened).toEqual({ kind: 'opened' });
    expect(await conversation.ask(null, 'closed', 1000)).toEqual({ kind: 'closed' });
    expect(asked).toEqual([{ open: true }]);
  });

  it('fails where the other end says so, ends, or is silent', async () => {
    const { conversation } = talk();
    const failed = conversation.ask(null, 'opened', 1000);
    conversation.heard({ kind: 'failed', message: 'no port' });
    await expect(failed).rejects.toThrow('the other failed: no port');
    await expect(conversation.ask(null, 'opened', 1)).rejects.toThrow('did not answer within 1 ms');
    const lost = conversation.ask(null, 'opened', 1000);
    conversation.end('was lost');
    await expect(lost).rejects.toThrow('the other was lost');
    await expect(conversation.ask(null, 'opened', 1000)).rejects.toThrow('the other was lost');
  });

  it('tells a refusal, which is the fault of the configuration, from a failure', async () => {
    const { conversation } = talk();
    const refused = conversation.ask(null, 'opened', 1000);
    conversation.heard({ kind: 'refused', message: 'no such class' });
    await expect(refused).rejects.toThrow(new BenchFailure('configuration', 'no such class'));
  });
});
