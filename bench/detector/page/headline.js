/** The tool's own figures in a few numbers, each with what it is of. */
import { element, text } from '../../../dist/report/markup.js';
import { change, effectWithInterval, number, percent, withInterval } from './words.js';

export function headline({ comparisons, matrices, tally }) {
  const [first] = comparisons.filter(
    ({ order, estimates }) => order === 'interleaved' && estimates !== null,
  );
  const ours = matrices.alarms.find(({ kind }) => kind === 'bench');
  const facts = [
    ...(first === undefined ? [] : factsOf(first)),
    ...(ours === undefined
      ? []
      : [
          [
            `${withInterval(ours.alarms)} %`,
            'of matrices without a change in which anything is called',
          ],
        ]),
    ...(tally === null
      ? []
      : [
          [
            `${tally.alarms} of ${tally.matrices}`,
            `real runs without a change called a regression: at most ${percent(tally.atMost)} %`,
          ],
        ]),
  ];
  return element(
    'dl',
    { class: 'figures' },
    ...facts.map(([figure, words]) =>
      element(
        'div',
        {},
        element('dd', {}, element('b', {}, text(figure))),
        element('dt', {}, text(words)),
      ),
    ),
  );
}

function factsOf({ cell, metric, rules, curves, estimates }) {
  const [bench] = rules;
  const last = curves[0]?.points.at(-1);
  const { bias, fixed, repeated } = estimates;
  const five = repeated.at(-1);
  return [
    [`${withInterval(bench.alarms)} %`, `A/A alarms of one comparison at 5 %: ${metric}, ${cell}`],
    [
      `${effectWithInterval(bench.smallest)} %`,
      `the effect that 80 % of trials see, by ${number(last?.minutes ?? null, 1)} minutes of one cell`,
    ],
    [
      `${change(bias.mean)} %`,
      `mean A/A change (99 %: ${change(bias.low)} … ${change(bias.high)})`,
    ],
    [`${withInterval(fixed)} %`, 'of fixed 95 % intervals hold the true change'],
    [
      `${withInterval(five.holds)} %`,
      `of intervals at the look that stops hold a true +${percent(five.truth)} %; the estimate is ${number(five.ratio.value, 3)} of it`,
    ],
  ];
}
