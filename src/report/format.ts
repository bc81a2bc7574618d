/** What a report can be written as, beside the table for terminals. */
export const formats = ['html', 'json'] as const;
export type Format = (typeof formats)[number];
