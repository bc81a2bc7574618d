import type { Plan } from '../model/plan.ts';
import type { Settings } from '../model/settings.ts';

const hidden = '(not stored)';
const secretHeader = /^(authorization|proxy-authorization|cookie)$|token|secret|key|password/i;

/** The plan as it is stored: secrets in headers and every value of an environment variable left out. */
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
  const [first, ...others] = settings.scenario.requests.map((request) => ({
    ...request,
    headers: mapValues(request.headers, (name, value) =>
      secretHeader.test(name) ? hidden : value,
    ),
  }));
  const { scenario, target, client } = settings;
  return {
    ...settings,
    scenario: first === undefined ? scenario : { ...scenario, requests: [first, ...others] },
    target: { ...target, env: mapValues(target.env, () => hidden) },
    client: { ...client, env: mapValues(client.env, () => hidden) },
  };
}

const mapValues = (
  record: Readonly<Record<string, string>>,
  change: (name: string, value: string) => string,
): Record<string, string> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(name, value)]));
