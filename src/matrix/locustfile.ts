import type { z } from 'zod';
import type { LocustfileSpec, UserClass } from '../model/locustfile.ts';
import type { EngineSpec } from '../model/settings.ts';
import { refuse } from './fields.ts';

/** What Locust alone is told. */
export function locustfileOf(
  { kind }: EngineSpec,
  {
    file,
    userClass,
  }: { readonly file: string | undefined; readonly userClass: UserClass | undefined },
  context: z.RefinementCtx,
): LocustfileSpec | null {
  const said = [
    ...(file === undefined ? [] : (['file'] as const)),
    ...(userClass === undefined ? [] : (['userClass'] as const)),
  ];
  if (kind !== 'locust') {
    const [key] = said;
    if (key === undefined) return null;
    return refuse(context, `is for engine locust, and this is ${kind}. Remove it.`, [key]);
  }
  if (file === undefined) return { kind: 'written', userClass: userClass ?? 'HttpUser' };
  if (userClass === undefined) return { kind: 'own', path: file };
  return refuse(context, 'is up to client.file, which has classes of its own. Remove it.', [
    'userClass',
  ]);
}
