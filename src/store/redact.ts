import type { Plan } from '../model/plan.ts';
import { secretHeader } from '../model/secrets.ts';
import { type RequestSpec, type Settings, withRequests } from '../model/settings.ts';
import { referencesIn, withPlaceholder } from '../model/variables.ts';

/** Stands for a secret. */
export const hidden = '(not stored)';

/** A scheme of authorization says nothing. */
const openText = /^((Basic|Bearer|Token) )?$/i;

/** What names variables and holds nothing else is no secret. */
export const withoutSecret = (value: string): string =>
  referencesIn(value).length > 0 && openText.test(withPlaceholder(value, '')) ? value : hidden;

/** The plan as it is stored: secrets in headers and every value of an environment variable left out; names of variables stay. */
export function redacted(plan: Plan): Plan {
  const [first, ...others] = plan.cells.map((cell) => ({
    ...cell,
    arms: {
      baseline: redactSettings(cell.arms.baseline),
      candidate: redactSettings(cell.arms.candidate),
    },
  }));
  return first === undefined ? plan : { ...plan, cells: [first, ...others] };
}

function redactSettings(settings: Settings): Settings {
  const withoutSecrets = <R extends RequestSpec>(request: R): R => ({
    ...request,
    headers: mapValues(request.headers, (name, value) =>
      secretHeader.test(name) ? withoutSecret(value) : value,
    ),
  });
  const { scenario, target, client } = settings;
  return {
    ...settings,
    scenario: withRequests(scenario, withoutSecrets),
    target:
      target.kind === 'url'
        ? target
        : { ...target, env: mapValues(target.env, (_, value) => withoutSecret(value)) },
    client: { ...client, env: mapValues(client.env, (_, value) => withoutSecret(value)) },
  };
}

const mapValues = (
  record: Readonly<Record<string, string>>,
  change: (name: string, value: string) => string,
): Record<string, string> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(name, value)]));
