import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { SaxesParser } from 'saxes';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  /** Of the element itself and of those in it. */
  text: string;
  /** The same without what stands in an element `code`; a tab wherever an element begins or ends. */
  outsideCode: string;
}

/** The root element. Throws where the text is not well-formed XML 1.0. */
export function parseXml(xml: string): Element {
  const empty = { text: '', outsideCode: '' };
  const root: Element = { name: '', attributes: {}, ...empty, children: [] };
  const open = [root];
  const border = (): void => {
    for (const element of open) element.outsideCode += '\t';
  };
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes, ...empty, children: [] };
    open.at(-1)?.children.push(element);
    border();
    open.push(element);
  });
  parser.on('closetag', () => {
    open.pop();
    border();
  });
  const add = (text: string): void => {
    const isCode = open.some(({ name }) => name === 'code');
    for (const element of open) {
      element.text += text;
      if (!isCode) element.outsideCode += text;
    }
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.write(xml).close();
  const [document] = root.children;
  if (document === undefined) throw new Error('no element');
  return document;
}

export const allOf = (element: Element): readonly Element[] => [
  element,
  ...element.children.flatMap(allOf),
];

export const named = (element: Element, name: string): readonly Element[] =>
  allOf(element).filter((each) => each.name === name);

/** What GitHub's Markdown makes of a text, markup in it included. Throws where that is not well-formed. */
export const parseMarkdown = (markdown: string): Element =>
  parseXml(
    `<page>${micromark(markdown, {
      allowDangerousHtml: true,
      allowDangerousProtocol: true,
      extensions: [gfm()],
      htmlExtensions: [gfmHtml({})],
    })}</page>`,
  );
