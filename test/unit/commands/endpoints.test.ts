import { describe, expect, it } from 'vitest';
import { locateTargets, namedIn } from '../../../src/commands/endpoints.ts';
import { plan, versions } from '../../fixtures/matrix/planned.ts';

async function located(url: string, allowRemote: boolean, env = {}) {
  let printed = '';
  const stderr = { write: (text: string) => (printed += text) };
  const of = plan(`target: { url: '${url}' }\n${versions}`, {}, 'm.yaml', env);
  const endpoints = await locateTargets(of, allowRemote, { env, stderr });
  return { endpoints, printed, settings: of.cells[0].arms.baseline };
}

describe('where targets are that run already', () => {
  it('is this machine, by its address or its name, without a word', async () => {
    for (const url of ['http://127.0.0.1:1', 'http://127.1.2.3:1', 'http://localhost:1']) {
      const { endpoints, printed } = await located(url, false);
      expect(endpoints.get(url)?.address).toMatch(/^127\./);
      expect(printed).toBe('');
    }
  });

  it('is another machine only where that is allowed, and is printed then', async () => {
    await expect(located('http://192.0.2.1', false)).rejects.toThrow(
      'target.url: http://192.0.2.1 is 192.0.2.1, which is not this machine. Add --allow-remote',
    );
    expect((await located('http://192.0.2.1', true)).printed).toBe(
      'sends to another machine: http://192.0.2.1, 192.0.2.1:80\n',
    );
  });

  it('follows from the values of variables, and is found by their names', async () => {
    const url = 'http://${HOST}:81';
    const { endpoints } = await located(url, false, { HOST: '127.0.0.1' });
    expect(endpoints.get(url)).toMatchObject({ address: '127.0.0.1', port: 81 });
  });

  it('is said in each request, unless the request says something else', async () => {
    const url = 'http://localhost:3000';
    const { endpoints, settings } = await located(url, false);
    const hostIn = (headers: Readonly<Record<string, string>>) => {
      const requests = [{ ...settings.scenario.requests[0], headers }] as const;
      const scenario = { ...settings.scenario, order: 'sequence', requests } as const;
      const named = namedIn({ ...settings, scenario }, endpoints.get(url) ?? null);
      return named.scenario.requests[0].headers;
    };
    expect(hostIn({ a: 'b' })).toEqual({ Host: 'localhost:3000', a: 'b' });
    expect(hostIn({ host: 'other' })).toEqual({ host: 'other' });
  });
});
