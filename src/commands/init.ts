import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Argv } from 'yargs';
import { commandLine, type Invocation } from '../matrix/project/arms.ts';
import { type Advice, findProject, type Project } from '../matrix/project/find.ts';
import { matrixText } from '../matrix/project/matrix-text.ts';
import { workflowFile, workflowText } from '../matrix/project/workflow.ts';
import { printable } from '../matrix/wording.ts';
import { BenchFailure, messageOf } from '../model/failure.ts';
import { matrixEndings } from './matrix-source.ts';
import { tool } from './package.ts';
import { projectFiles, repositoryRoot } from './project-files.ts';
import type { World } from './world.ts';

const defaultFile = 'bench.matrix.yaml';
/** Those that bench finds by itself. */
const ownFiles = matrixEndings.map((ending) => `bench.matrix${ending}`);
/** Standard output in place of a file. */
const stream = '-';

export const initOptions = (yargs: Argv) =>
  yargs.options({
    out: {
      type: 'string',
      default: defaultFile,
      // Without it a lone - would not be taken for a value.
      nargs: 1,
      describe: 'the matrix file to write; - prints it to stdout and writes nothing',
    },
    workflow: {
      type: 'boolean',
      default: true,
      describe: `write ${workflowFile} too (--no-workflow leaves it out)`,
    },
    force: { type: 'boolean', default: false, describe: 'replace files that are there' },
    'dry-run': { type: 'boolean', default: false, describe: 'show the files, write nothing' },
  });

interface InitArguments {
  readonly out: string;
  readonly workflow: boolean;
  readonly force: boolean;
  readonly 'dry-run': boolean;
}

interface File {
  /** As it is shown. */
  readonly name: string;
  readonly file: string;
  readonly text: string;
}

/** Writes a matrix and a workflow for the project in the working folder. @returns the exit code. */
export function init(args: InitArguments, world: World): number {
  const project = findProject(projectFiles(world.cwd));
  const isPrinted = args.out === stream;
  const invocation = {
    // `npx bench` would run a stranger's package where ours is not installed.
    bench: project.hasBench ? 'npx bench' : `npx ${tool.name}`,
    matrix: isPrinted || ownFiles.includes(args.out) ? null : args.out,
  };
  const root = repositoryRoot(world.cwd);
  const matrix = matrixText(project, invocation);
  if (isPrinted) world.stdout.write(matrix);
  else {
    const files = [
      { name: args.out, file: path.resolve(world.cwd, args.out), text: matrix },
      ...(args.workflow ? [workflowIn(root ?? world.cwd, world.cwd, invocation.matrix)] : []),
    ];
    if (args['dry-run']) world.stdout.write(`${files.map(shownFile).join('\n')}\n`);
    else {
      refuseTaken(files, args, world.cwd);
      for (const file of files) written(file);
    }
    world.stdout.write(summaryOf(project, args['dry-run'] ? [] : files, invocation));
  }
  for (const { message, next } of [...project.advice, ...repositoryAdvice(project, root)])
    world.stderr.write(`warning: ${printable(`${message}. ${next}`)}\n`);
  return 0;
}

function workflowIn(root: string, cwd: string, matrix: string | null): File {
  const file = path.join(root, workflowFile);
  const within = path.relative(root, cwd).replaceAll(path.sep, '/') || '.';
  return { name: path.relative(cwd, file), file, text: workflowText(within, matrix, tool.version) };
}

/** Before anything is written: half a project is worse than none. @throws BenchFailure */
function refuseTaken(files: readonly File[], { out, force }: InitArguments, cwd: string): void {
  const taken = files.filter(({ file }) => existsSync(file)).map(({ name }) => name);
  if (taken.length > 0 && !force) {
    const isMatrix = taken.includes(out);
    throw refused(
      `${taken.join(' and ')}: ${taken.length === 1 ? 'is' : 'are'} there already. Add --force to replace, or ${isMatrix ? '--dry-run to look' : '--no-workflow to leave it'}.`,
    );
  }
  const other = readdirSync(cwd).find((name) => ownFiles.includes(name) && name !== out);
  if (ownFiles.includes(out) && other !== undefined)
    throw refused(
      `${other}: is the matrix of this folder already, and bench takes one. Remove it first, or name another file with --out.`,
    );
}

const refused = (message: string): BenchFailure => new BenchFailure('configuration', message);

const shownFile = ({ name, text }: File): string => `# ${name}\n${text}`;

function written({ name, file, text }: File): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw refused(`${name}: ${messageOf(error)}. Make the folder writable, or name another file.`);
  }
}

function summaryOf(project: Project, files: readonly File[], invocation: Invocation): string {
  const found = project.found.length === 0 ? ['nothing that can be measured'] : project.found;
  const section = (title: string, lines: readonly string[]): readonly string[] =>
    lines.map((line, i) => `${(i === 0 ? title : '').padEnd(7)}${printable(line)}`);
  const lines = [
    ...section('found', found),
    ...section(
      'wrote',
      files.map(({ name }) => name),
    ),
    ...section('next', [commandLine('plan', project, invocation)]),
  ];
  return `${lines.join('\n')}\n`;
}

/** Two commits need a repository. */
const repositoryAdvice = ({ subject }: Project, root: string | null): readonly Advice[] =>
  subject.kind !== 'start' || root !== null
    ? []
    : [
        {
          message:
            'This folder is in no git repository, and versions of the server are told by git',
          next: 'Commit it: `git init && git add --all && git commit`.',
        },
      ];
