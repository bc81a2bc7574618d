import { cut } from './cut.ts';
import { visible } from './visible.ts';

export type AnnotationKind = 'error' | 'warning' | 'notice';

export interface Annotation {
  readonly title: string;
  readonly message: string;
}

/** Longer texts are cut; `report.json` has them whole. */
const mostTitle = 200;
const mostMessage = 2000;

/**
 * A line that GitHub's runner obeys, with its end. Grammar and escapes: docs.github.com, Workflow commands for GitHub
 * Actions, and actions/runner src/Runner.Common/ActionCommand.cs, which takes the escapes back.
 */
export const annotationLine = (kind: AnnotationKind, { title, message }: Annotation): string =>
  `::${kind} title=${escapeProperty(cut(visible(title), mostTitle))}::${escapeData(cut(visible(message), mostMessage))}\n`;

const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
