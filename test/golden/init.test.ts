import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { findProject } from '../../src/matrix/project/find.ts';
import { matrixText } from '../../src/matrix/project/matrix-text.ts';

const update = process.env.UPDATE_GOLDEN === '1';

const shop = JSON.stringify({
  scripts: { build: 'tsc', start: 'node dist/server.js' },
  dependencies: { express: '5.1.0' },
  devDependencies: { 'bench-matrix': '0.1.0' },
});

it.each<readonly [string, Readonly<Record<string, string>>]>([
  [
    'node',
    {
      'package.json': shop,
      'package-lock.json': '{}',
      'src/server.ts': "app.get('/', home);\napp.get('/items', items);\napp.listen(3000);\n",
    },
  ],
  ['python', { 'pyproject.toml': 'fastapi', 'uv.lock': '', 'main.py': 'app = FastAPI()\n' }],
  ['container', { Dockerfile: 'FROM golang\nEXPOSE 8000\n' }],
  ['locust', { 'locustfile.py': '' }],
  ['nothing', {}],
])('the matrix file that bench init writes: %s', (name, files) => {
  const project = findProject(new Map(Object.entries(files)));
  const bench = project.hasBench ? 'npx bench' : 'npx bench-matrix';
  const made = matrixText(project, { bench, matrix: null });
  const file = new URL(`files/init-${name}.yaml.golden`, import.meta.url);
  if (update) writeFileSync(file, made);
  expect(made).toBe(readFileSync(file, 'utf8'));
});
