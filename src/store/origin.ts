import { scryptSync } from 'node:crypto';
import type { PlanOrigin, PlanRequest, StoredOrigin } from '../model/origin.ts';
import { type Plan, roles } from '../model/plan.ts';
import { secretHeader } from '../model/secrets.ts';
import { type Settings, targetEnv } from '../model/settings.ts';
import { type Variables, valueIn, variablesIn } from '../model/variables.ts';
import { hidden, withoutSecret } from './redact.ts';

/** A change goes unseen once in 4096, and who tries all values still has one in 4096 of them left. */
const digits = 3;
const secretOption = /^([^=]*\.(?:env|headers)\.[^=]*=)(.*)$/s;

/** @param id of the run: equal values have other digests in another run. */
export const storedOrigin = (
  origin: PlanOrigin,
  plan: Plan,
  variables: Variables,
  id: string,
): StoredOrigin => ({
  ...origin,
  request: withSet(
    origin.request,
    origin.request.options.set.map((said) =>
      said.replace(secretOption, (_, key: string, value: string) => key + withoutSecret(value)),
    ),
  ),
  hidden: hiddenDigest(plan, variables, id),
});

const withSet = (request: PlanRequest, set: readonly string[]): PlanRequest =>
  request.kind === 'compare'
    ? { ...request, options: { ...request.options, set } }
    : { ...request, options: { ...request.options, set } };

/** The first option whose value was left out, by its name; null where all can be followed again. */
export const hiddenOption = ({ request }: StoredOrigin): string | null =>
  request.options.set.find((said) => said.endsWith(`=${hidden}`))?.split('=')[0] ?? null;

/** Of all values that the stored plan leaves out; null where there are none. By scrypt, because it makes each guess dear. */
export function hiddenDigest({ cells }: Plan, variables: Variables, id: string): string | null {
  const values = cells.flatMap(({ arms }) =>
    roles.flatMap((role) => hiddenIn(arms[role], variables)),
  );
  if (values.length === 0) return null;
  return scryptSync(JSON.stringify(values), id, 32).toString('hex').slice(0, digits);
}

/** Names and values. */
function hiddenIn(settings: Settings, variables: Variables): string[] {
  const { scenario, target, client } = settings;
  const headers = scenario.requests.flatMap((request) =>
    Object.entries(request.headers).filter(([name]) => secretHeader.test(name)),
  );
  const named = [...variablesIn(settings)].map((name) => [name, valueIn(name, variables) ?? '']);
  return [headers, Object.entries(targetEnv(target)), Object.entries(client.env), named].flat(2);
}
