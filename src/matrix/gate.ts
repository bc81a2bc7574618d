import { type MetricName, metricNames, metrics } from '../model/metrics.ts';
import type { Gate } from '../model/plan.ts';
import { fraction } from '../model/units.ts';
import { gate as gateSchema, type MatrixFile } from './file-schema.ts';
import { failureAt } from './place.ts';
import { parsePercent, quantityOption } from './quantities.ts';
import { shown, suggestion } from './wording.ts';

const option = '--margin';

const isMetric = (name: string): name is MetricName => metricNames.some((known) => known === name);

/** `cpuPerRequest=2%,rps=3%` */
const marginsOption = (text: string): ReadonlyMap<MetricName, number> => {
  const margins = new Map<MetricName, number>();
  const refuse = (problem: string) => failureAt({ kind: 'option', option }, problem);
  for (const part of text.split(',')) {
    const [name = '', percent, ...more] = part.split('=').map((side) => side.trim());
    if (percent === undefined || more.length > 0)
      throw refuse(`${shown(part)} is not metric=percentage. Write one such as cpuPerRequest=2%.`);
    if (!isMetric(name))
      throw refuse(`${shown(name)} is not a metric. ${suggestion(name, metricNames)}`);
    if (margins.has(name)) throw refuse(`${name} is given twice. Remove one of the two.`);
    const value = quantityOption(option, percent, parsePercent);
    if (value >= 1)
      throw refuse(`${shown(percent)} is not a percentage below 100%. Write one such as 2%.`);
    margins.set(name, value);
  }
  return margins;
};

interface GateOptions {
  readonly margins: string | null;
  readonly failOn: Gate['failOn'];
  readonly strict: boolean;
}

/** Where no matrix says anything. @throws BenchFailure for a margin that is none. */
export const plainGate = (options: GateOptions): Gate => gateOf(gateSchema.parse({}), options);

/** Margins: the command line's before the file's before the metric's own. */
export const gateOf = (said: MatrixFile['gate'], options: GateOptions): Gate => {
  const overrides = options.margins === null ? null : marginsOption(options.margins);
  const margin = (name: MetricName) =>
    fraction(overrides?.get(name) ?? said.margins[name] ?? metrics[name].margin);
  return {
    margins: {
      cpuPerRequest: margin('cpuPerRequest'),
      targetCpuPerRequest: margin('targetCpuPerRequest'),
      rps: margin('rps'),
      achievedRate: margin('achievedRate'),
      latencyMean: margin('latencyMean'),
      latencyP50: margin('latencyP50'),
      latencyP90: margin('latencyP90'),
      latencyP95: margin('latencyP95'),
      latencyP99: margin('latencyP99'),
      errorRate: margin('errorRate'),
      rss: margin('rss'),
    },
    limits: metricNames.flatMap((metric) => {
      const limit = said.limits[metric];
      return limit === undefined ? [] : [{ metric, limit }];
    }),
    sensitivity: fraction(said.sensitivity),
    alpha: fraction(said.alpha),
    failOn: options.failOn,
    strict: options.strict,
  };
};
