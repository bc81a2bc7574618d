/** What a report can be written as, beside the table for terminals. */
export const formats = [
  'json',
  'html',
  'markdown',
  'junit',
  'github',
  'bmf',
  'gab',
  'csv',
] as const;
export type Format = (typeof formats)[number];

/** What is written where nobody says what. */
export const defaultFormats = ['html', 'json'] as const satisfies readonly Format[];
