import { z } from 'zod';
import type { MetricName } from '../model/metrics.ts';
import type { Measure } from '../model/plan.ts';
import {
  above0,
  dictionary,
  duration,
  durationAbove0,
  list,
  object,
  oneOf,
  percentage,
  refuse,
  size,
  text,
  timeAbove0,
  whole,
} from './fields.ts';
import { overlayShape } from './settings-schema.ts';

const margin = percentage({ below: 1, example: '2%' }, 'a percentage below 100%').optional();

const margins = object({
  cpuPerRequest: margin,
  targetCpuPerRequest: margin,
  rps: margin,
  achievedRate: margin,
  latencyMean: margin,
  latencyP50: margin,
  latencyP90: margin,
  latencyP95: margin,
  latencyP99: margin,
  errorRate: margin,
  rss: margin,
} satisfies Record<MetricName, unknown>);

/** By the unit of the metric. */
const time = timeAbove0('200ms').optional();
const limits = object({
  cpuPerRequest: time,
  targetCpuPerRequest: time,
  rps: above0(500).optional(),
  achievedRate: percentage({ above: 0, example: '95%' }, 'a percentage above 0%').optional(),
  latencyMean: time,
  latencyP50: time,
  latencyP90: time,
  latencyP95: time,
  latencyP99: time,
  errorRate: percentage({ below: 1, example: '0.1%' }, 'a percentage below 100%').optional(),
  rss: size('200MB').optional(),
} satisfies Record<MetricName, unknown>);

export const gate = object({
  margins: margins.prefault({}),
  limits: limits.prefault({}),
  sensitivity: percentage({ above: 0, example: '5%' }, 'a percentage above 0%').prefault('5%'),
  alpha: percentage(
    { above: 0, below: 1, example: '5%' },
    'a percentage between 0% and 100%',
  ).prefault('5%'),
});

const capacity = object({
  utilisation: percentage(
    { above: 0, below: 1.0001, example: '75%' },
    'a percentage above 0% and up to 100%',
  ).prefault('75%'),
  targetRate: above0(1200).optional(),
});

const looks = list(whole(2, 8), '[6, 8, 10, 12, 16]')
  .min(1, 'has no look. Write the launches at which to judge, such as [6, 8, 10, 12, 16].')
  .refine(
    (said) => said.every((look, i) => i === 0 || look > (said[i - 1] ?? 0)),
    'does not rise. Write the launches at which to judge in order, such as [6, 8, 10, 12, 16].',
  )
  .transform(([first, ...rest]): Measure['looks'] =>
    first === undefined ? z.NEVER : [first, ...rest],
  );

/** `launches` is short for a single look. */
const measure = object({
  launches: whole(2, 8).optional(),
  looks: looks.optional(),
  budget: durationAbove0('3m').optional(),
  sliceTime: durationAbove0('3s').prefault('3s'),
  warmup: duration('4s').prefault('4s'),
  clients: oneOf(['each', 'shared']).optional(),
}).superRefine((said, context) => {
  if (said.launches !== undefined && said.looks !== undefined)
    refuse(context, 'is said beside launches. Remove one of the two.', ['looks']);
});

const axes = dictionary(
  dictionary(
    object(overlayShape, 'write {} for a variant that changes nothing'),
    '{ variant: { connection: { tls: none } } }',
  ),
  '{ axis: { variant: { … } } }',
);

/** Names are compared as they are written, so `{ tls: 1.3 }` needs no quotes. */
const patterns = list(
  dictionary(
    z.union([z.string(), z.number(), z.boolean(), z.null()], {
      error: 'is not the name of a variant. Write one name for each axis.',
    }),
    '{ axis: variant }',
  ),
  '[{ axis: variant }]',
);

/**
 * A matrix file before its overlays are merged: which keys there are, and which values each may have.
 * What needs several keys to judge is checked in the merged settings of each cell.
 */
export const fileSchema = object({
  $schema: text('./schema.json').optional(),
  description: text('what this matrix is for').default(''),
  ...overlayShape,
  axes: axes.optional(),
  compare: text('version').optional(),
  include: patterns.optional(),
  exclude: patterns.optional(),
  gate: gate.prefault({}),
  measure: measure.prefault({}),
  capacity: capacity.prefault({}),
});

export type MatrixFile = z.output<typeof fileSchema>;
