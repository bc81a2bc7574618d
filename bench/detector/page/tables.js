/** `rules.md`: all figures, as tables. */
import { margins } from '../rules/defaults.js';
import { introduction } from './introduction.js';
import { change, collected, effectWithInterval, number, percent, withInterval } from './words.js';

export const renderTables = (scores) =>
  [
    '# Decision rules on A/A launches',
    '',
    ...introduction(scores).flatMap((paragraph) => [paragraph, '']),
    ...matrixTables(scores),
    ...scores.comparisons.flatMap(comparisonTables),
  ].join('\n');

const row = (cells) => `| ${cells.join(' | ')} |`;
const table = (head, rows) => [row(head), row(head.map(() => '---')), ...rows.map(row), ''];

function matrixTables({ matrices, tally }) {
  const counted =
    tally === null
      ? []
      : [
          `Real runs of the tool: ${tally.alarms} false regressions in ${tally.matrices} matrices; at most ${percent(tally.atMost)} % of them (95 %, one-sided).`,
          '',
        ];
  return [
    '## Whole matrices',
    '',
    'Both cells, client CPU and RPS of each: four comparisons, of which none changed. Per cent of matrices (95 %).',
    '',
    ...counted,
    ...table(
      ['rule', 'collected', 'anything called', 'called worse', 'undecided'],
      matrices.alarms.map(({ name, order, alarms, regressions, inconclusive }) => [
        name,
        collected[order],
        withInterval(alarms),
        withInterval(regressions),
        inconclusive === undefined ? '' : withInterval(inconclusive),
      ]),
    ),
    'For bench, "called worse" is the verdict `regression`: proven, and beyond the margin.',
    '',
    `One of the four comparisons changed, judged with the default margins (${percent(margins.cpuPerRequest)} % of CPU, ${percent(margins.rps)} % of RPS). Seconds of the whole run until it was first called a regression, both cells and all starts included.`,
    '',
    ...table(
      [
        'cell',
        'metric',
        'effect',
        'regression',
        'slower',
        'unchanged',
        'undecided',
        'seconds: median',
        'quartiles',
      ],
      matrices.changes.map(({ cell, short, effect, regression, others, seconds }) => [
        cell,
        short,
        `+${percent(effect)} %`,
        withInterval(regression),
        percent(others.slower),
        percent(others.unchanged),
        percent(others.inconclusive),
        secondsWords(seconds),
        Number.isNaN(seconds.low) ? '–' : `${number(seconds.low, 0)}–${number(seconds.high, 0)}`,
      ]),
    ),
  ];
}

function comparisonTables(scored) {
  const { order, cell, metric, launches, runs, secondsPerLaunch, rules, curves } = scored;
  const shown = [0.005, 0.01, 0.015, 0.02, 0.03, 0.05, 0.1];
  const powers = (power) =>
    shown.map((of) => withInterval(power.find(({ effect }) => effect === of)));
  return [
    `## ${cell}, ${metric}, ${collected[order]}`,
    '',
    `${launches} launches of ${runs} runs, ${number(secondsPerLaunch, 1)} s each.`,
    '',
    ...estimateLines(scored),
    ...table(
      ['rule', 'A/A alarms', ...shown.map((of) => `+${(100 * of).toFixed(1)} %`)],
      rules.map(({ name, alarms, power }) => [name, withInterval(alarms), ...powers(power)]),
    ),
    ...table(
      [
        'rule',
        'smallest effect at 80 % power, %',
        ...['A/A', '+1 %', '+2 %', '+5 %'].map((of) => `two runs agree, ${of}`),
        'of calls at +0.5 %, wrong way',
        'of calls at +1 %, wrong way',
        'size of estimates ÷ 1 %',
      ],
      rules.map(({ name, smallest, agreement, errors: [half, one] }) => [
        name,
        effectWithInterval(smallest),
        ...agreement.map(({ share }) => percent(share)),
        withInterval(half.sign),
        withInterval(one.sign),
        number(one.size, 2),
      ]),
    ),
    ...curveTable(curves),
  ];
}

/** The interval of a median is not known where there are too few stretches of launches. */
function secondsWords({ median, ofMedian: { low, high } }) {
  const interval = low === null ? '' : ` (${number(low, 0)}–${number(high, 0)})`;
  return `${number(median, 0)}${interval}`;
}

/** Rules down, launches across. */
function curveTable(curves) {
  const all = curves.flatMap(({ points }) => points);
  const sizes = [...new Set(all.map(({ launches }) => launches))].sort((a, b) => a - b);
  const minutes = (size) => all.find(({ launches }) => launches === size).minutes;
  return table(
    [
      'smallest effect at 80 % power, %, after',
      ...sizes.map((size) => `${size} launches, ${number(minutes(size), 1)} min`),
    ],
    curves.map(({ short, points }) => [
      short,
      ...sizes.map((size) => {
        const point = points.find(({ launches }) => launches === size);
        return point === undefined ? '' : effectWithInterval(point);
      }),
    ]),
  );
}

function estimateLines({ estimates }) {
  if (estimates === null) return [];
  const { bias, sd, fixed, repeated, sets, asMeasured } = estimates;
  const at = ({ truth, holds, ratio, launches }) =>
    `of +${percent(truth)} % after ${number(launches, 1)} launches: ${withInterval(holds)} %${
      ratio === null
        ? ''
        : `, estimate ÷ truth ${number(ratio.value, 3)}${ratio.low === null ? '' : ` (${number(ratio.low, 3)}–${number(ratio.high, 3)})`}`
    }`;
  return [
    `Mean A/A change ${change(bias.mean)} % (99 %: ${change(bias.low)} … ${change(bias.high)}); a launch's log ratio scatters by ${number(100 * sd, 2)} %. As measured, with nothing drawn, bench calls ${asMeasured.calls} of ${asMeasured.stretches}.`,
    '',
    `95 % intervals that hold the true change, of ${sets} sets of launches: fixed ${withInterval(fixed)} %; repeated, at the look that stops, ${repeated.map(at).join('; ')}.`,
    '',
  ];
}
