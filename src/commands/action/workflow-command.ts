/** A line that GitHub's runner obeys, ended: docs.github.com, Workflow commands for GitHub Actions. */
export const workflowCommand = (kind: 'notice' | 'warning' | 'error', message: string): string =>
  `::${kind} title=bench::${escaped(message)}\n`;

const escaped = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
