import { createHash } from 'node:crypto';

/** At most so many characters; what is cut leaves an ellipsis. */
export function cut(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

/** The same for a name by which values are found again: names that differ stay different. */
export function cutName(name: string, most: number): string {
  const characters = [...name];
  if (characters.length <= most) return name;
  const mark = `…${createHash('sha256').update(name).digest('hex').slice(0, 12)}`;
  return characters.slice(0, most - mark.length).join('') + mark;
}
