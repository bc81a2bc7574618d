import { visible } from './visible.ts';

/**
 * Markup that this program made. Nominal through its private field, so that no text from a file or a
 * server can stand where markup is expected: it has to pass `text` first.
 */
export class Markup {
  readonly #source: string;
  private constructor(source: string) {
    this.#source = source;
  }
  static text(raw: string): Markup {
    return new Markup(escapeMarkup(visible(raw)));
  }
  /** @param between what parts the children from each other and from their element: nothing, or a line's end */
  static element(
    name: string,
    attributes: Attributes,
    children: readonly Markup[],
    between: '' | '\n' = '',
  ): Markup {
    const written = Object.entries(attributes)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => ` ${key}="${escapeMarkup(visible(attributeText(value)))}"`)
      .join('');
    const inside = children.map((child) => `${child}${between}`).join('');
    return new Markup(
      inside === '' ? `<${name}${written}/>` : `<${name}${written}>${between}${inside}</${name}>`,
    );
  }
  toString(): string {
    return this.#source;
  }
}

/** A number is a coordinate and gets two decimals; null leaves the attribute out. */
export type Attributes = Readonly<Record<string, string | number | null>>;

export const text = Markup.text;

/** Names of elements and attributes are ours; values and texts are escaped. */
export const element = (name: string, attributes: Attributes, ...children: Markup[]): Markup =>
  Markup.element(name, attributes, children);

/** Each child on a line of its own. */
export const block = (name: string, attributes: Attributes, ...children: Markup[]): Markup =>
  Markup.element(name, attributes, children, '\n');

const attributeText = (value: string | number | null): string =>
  typeof value === 'number' ? String(Math.round(value * 100) / 100) : (value ?? '');

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeMarkup = (raw: string): string => raw.replace(/[&<>"']/g, (c) => escapes[c] ?? c);
