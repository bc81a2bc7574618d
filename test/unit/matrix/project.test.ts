import { describe, expect, it } from 'vitest';
import { armsOf, type Invocation } from '../../../src/matrix/project/arms.ts';
import { findProject, type Project } from '../../../src/matrix/project/find.ts';
import { matrixText } from '../../../src/matrix/project/matrix-text.ts';
import { ids, plan } from '../../fixtures/matrix/planned.ts';

const found = (files: Readonly<Record<string, string>>): Project =>
  findProject(new Map(Object.entries(files)));

/** The server of a project that has one. */
function server(files: Readonly<Record<string, string>>) {
  const { subject } = found(files);
  if (subject.kind !== 'start') throw new Error(`found ${subject.kind}`);
  return subject;
}

const manifest = (more: object): string => JSON.stringify({ name: 'shop', ...more });
const listens = "require('http').createServer().listen(process.env.PORT);\n";
const invocation: Invocation = { bench: 'npx bench-matrix', matrix: null };

describe('how a Node server is started', () => {
  it.each<readonly [string, Readonly<Record<string, string>>, string]>([
    [
      'a start script that runs node, without npm in between',
      { 'package.json': manifest({ scripts: { start: 'node --enable-source-maps src/app.js' } }) },
      'node --enable-source-maps src/app.js',
    ],
    [
      'any other by the package manager, whose tools are on its PATH',
      { 'package.json': manifest({ scripts: { start: 'fastify start app.js' } }) },
      'npm start',
    ],
    [
      'one that has a script before it too',
      { 'package.json': manifest({ scripts: { prestart: 'make', start: 'node a.js' } }) },
      'npm start',
    ],
    [
      'by the package manager whose lock file is there',
      { 'package.json': manifest({ scripts: { start: 'next start' } }), 'pnpm-lock.yaml': '' },
      'pnpm start',
    ],
    [
      'the main file that listens, without a script',
      { 'package.json': manifest({ main: './lib/shop' }), 'lib/shop.js': listens },
      'node lib/shop.js',
    ],
    [
      'a bin that listens',
      { 'package.json': manifest({ bin: { shop: 'bin/my shop.js' } }), 'bin/my shop.js': listens },
      "node 'bin/my shop.js'",
    ],
    [
      'a file that is called as servers are, and listens',
      { 'package.json': manifest({ main: 'index.js' }), 'index.js': '', 'server.mjs': listens },
      'node server.mjs',
    ],
  ])('%s', (_, files, start) => {
    expect(server(files).start).toBe(start);
  });

  it('a library is no server, and no file is one without a package', () => {
    expect(
      found({ 'package.json': manifest({ main: 'index.js' }), 'index.js': '' }).subject,
    ).toEqual({ kind: 'runtimes' });
    expect(found({ 'server.js': listens }).subject).toEqual({ kind: 'runtimes' });
  });

  it('a manifest that is none is refused in one line', () => {
    for (const text of ['{', '[]', '"text"'])
      expect(() => found({ 'package.json': text })).toThrow(
        'package.json: is not a JSON object. Correct it, then run this again.',
      );
    const odd = manifest({ scripts: 7, bin: [1], main: {}, dependencies: null });
    expect(found({ 'package.json': odd }).subject.kind).toBe('runtimes');
  });
});

describe('what makes it ready', () => {
  const start = { scripts: { start: 'node server.js' }, dependencies: { express: '5' } };
  it.each([
    ['package-lock.json', '{}', 'npm ci'],
    ['pnpm-lock.yaml', '', 'pnpm install --frozen-lockfile'],
    ['yarn.lock', '# yarn lockfile v1\n', 'yarn install --frozen-lockfile'],
    ['yarn.lock', '__metadata:\n', 'yarn install --immutable'],
    ['bun.lock', '', 'bun install --frozen-lockfile'],
  ])('%s: %j', (lock, text, command) => {
    const { setup } = server({
      'package.json': manifest(start),
      'server.js': listens,
      [lock]: text,
    });
    expect(setup).toEqual({ command, from: lock });
  });

  it('is nothing where nothing is needed, and a build where what starts is made', () => {
    const bare = { scripts: { start: 'node server.js', build: 'tsc' } };
    expect(server({ 'package.json': manifest(bare), 'server.js': listens }).setup).toBeNull();
    const made = {
      scripts: { start: 'node dist/server.js', build: 'tsc' },
      devDependencies: { typescript: '7' },
    };
    expect(server({ 'package.json': manifest(made), 'package-lock.json': '' }).setup?.command).toBe(
      'npm ci && npm run build',
    );
  });
});

describe('where it listens', () => {
  const port = (source: string, script = 'node server.js') =>
    server({ 'package.json': manifest({ scripts: { start: script } }), 'server.js': source }).port;
  it.each([
    'app.listen(process.env.PORT || 3000)',
    "app.listen(process.env['PORT'])",
    'const { PORT = 3000 } = process.env;',
    'const { HOST,\n  PORT } = process.env;',
    "const port = env.get('PORT').default(3000).asPortNumber();",
  ])('%s takes $PORT', (source) => {
    expect(port(source)).toMatchObject({ kind: 'environment', where: { file: 'server.js' } });
  });
  it.each([
    ['app.listen(3000)', 1, '3000'],
    ['\napp.listen({ host, port: 8080 })', 2, '8080'],
    ['const port = 4000;\napp.listen(port)', 1, '4000'],
    ['// app.listen(process.env.PORT)\napp.listen(5000)', 2, '5000'],
    ['metrics.listen(process.env.METRICS_PORT); app.listen(5001)', 1, '5001'],
  ])('%j is fixed', (source, line, text) => {
    expect(port(source)).toEqual({ kind: 'fixed', where: { file: 'server.js', line, text } });
  });
  it('what its command says counts most', () => {
    expect(port('', 'serve -l $PORT')).toEqual({ kind: 'said' });
    const set = port('app.listen(process.env.PORT)', 'PORT=3000 node server.js');
    expect(set).toMatchObject({ kind: 'fixed', where: { file: 'package.json', text: '3000' } });
    const fixed = port('app.listen(process.env.PORT)', 'next start -p 3000');
    expect(fixed).toMatchObject({ kind: 'fixed', where: { file: 'package.json', text: '3000' } });
    expect(port('')).toEqual({ kind: 'unknown' });
  });
  it('a fixed one is said with what to change, and beside the command in the file', () => {
    const project = found({
      'package.json': manifest({ scripts: { start: 'node server.js' } }),
      'server.js': 'app.listen(3000)',
    });
    const next = 'Make it listen on $PORT where that is set, such as process.env.PORT ?? 3000.';
    expect(project.advice).toEqual([
      {
        message: 'server.js:1 says port 3000. Two arms run at the same time and need two ports',
        next,
      },
    ]);
    expect(matrixText(project, invocation)).toContain(`  # ${next}\n  start: node server.js\n`);
  });
});

describe('what is asked', () => {
  const asked = (source: string) => {
    const { routes } = server({
      'package.json': manifest({ scripts: { start: 'node server.js' } }),
      'server.js': source,
      'test/server.test.js': "app.get('/of-a-test')",
    });
    return [
      routes.asked?.text ?? null,
      routes.health?.text ?? null,
      routes.others.map(({ text }) => text),
    ];
  };
  it.each<readonly [string, readonly unknown[]]>([
    ["app.get('/items', f); app.get('/', f)", ['/', null, ['/items']]],
    ["app.get('/healthz', f); router.get('/items', f)", ['/items', '/healthz', []]],
    ["app.get('/items/:id', f); fastify.get(`/items`, f)", ['/items', null, []]],
    ["if (request.url === '/orders') return", ['/orders', null, []]],
    ["if (url.pathname !== '/orders') return", ['/orders', null, []]],
    ["axios.get('/elsewhere'); app.get('env')", [null, null, []]],
    ["app.get('/health', f)", ['/health', '/health', []]],
  ])('%s', (source, expected) => {
    expect(asked(source)).toEqual(expected);
  });
});

describe('how a Python server is started', () => {
  it.each<readonly [string, Readonly<Record<string, string>>, string]>([
    [
      'FastAPI by uvicorn',
      {
        'requirements.txt': 'fastapi==0.115\nuvicorn\n',
        'shop/main.py': 'app = FastAPI(title="x")\n',
      },
      '.venv/bin/uvicorn shop.main:app --host 127.0.0.1 --port $PORT',
    ],
    [
      'Flask by gunicorn',
      {
        'requirements.txt': 'Flask\ngunicorn',
        'wsgi.py': 'application: Flask = flask.Flask(__name__)\n',
      },
      '.venv/bin/gunicorn --bind 127.0.0.1:$PORT wsgi:application',
    ],
    [
      'Flask by itself',
      { 'pyproject.toml': 'dependencies = ["flask>=3"]', 'app.py': 'app = Flask(__name__)\n' },
      '.venv/bin/flask --app app:app run --port $PORT',
    ],
    [
      'Django by gunicorn',
      {
        Pipfile: 'django = "*"\ngunicorn = "*"',
        'shop/wsgi.py': 'application = get_wsgi_application()\n',
        'manage.py': '',
      },
      '.venv/bin/gunicorn --bind 127.0.0.1:$PORT shop.wsgi:application',
    ],
    [
      'Django by itself, without its reloader',
      { 'requirements.txt': 'Django', 'manage.py': '' },
      '.venv/bin/python manage.py runserver --noreload 127.0.0.1:$PORT',
    ],
  ])('%s', (_, files, start) => {
    expect(server(files)).toMatchObject({ start, port: { kind: 'said' } });
  });

  it.each([
    ['uv.lock', 'uv sync --frozen'],
    ['poetry.lock', 'POETRY_VIRTUALENVS_IN_PROJECT=1 poetry install --no-interaction'],
    ['setup.cfg', 'python3 -m venv .venv && .venv/bin/pip install .'],
  ])('made ready as %s says', (lock, command) => {
    const files = { 'pyproject.toml': 'fastapi', 'main.py': 'app = FastAPI()\n', [lock]: '' };
    expect(server(files).setup?.command).toBe(command);
  });

  it('one for development is said to be one', () => {
    const { advice } = found({ 'requirements.txt': 'flask', 'app.py': 'app = Flask(__name__)' });
    expect(advice.map(({ next }) => next)).toEqual([
      'Write the command of production as target.start.',
    ]);
  });
});

const start = {
  'package.json': manifest({ scripts: { start: 'node server.js' } }),
  'server.js': listens,
};

describe('containers', () => {
  it.each<readonly [string, string, string]>([
    ['Dockerfile', 'FROM node\nEXPOSE 3000\n', 'http://127.0.0.1:3000'],
    ['compose.yaml', 'services:\n  a:\n    ports:\n      - "8081:80"\n', 'http://127.0.0.1:8081'],
    ['docker-compose.yml', 'services: {}', 'http://127.0.0.1:8080'],
  ])(
    '%s alone is asked from outside, and its CPU is said to be out of reach',
    (file, text, url) => {
      const { subject, advice } = found({ [file]: text });
      expect(subject).toEqual({ kind: 'url', url });
      expect(advice[0]?.message).toContain('its CPU cannot be read');
    },
  );

  it('beside a server it is not used; a start script that runs one is no server', () => {
    const both = found({ ...start, Dockerfile: 'EXPOSE 1' });
    expect(both.subject.kind).toBe('start');
    expect(both.found.at(-1)).toMatch(/^Dockerfile: not used/);
    const composed = manifest({ scripts: { start: 'docker compose up' } });
    expect(found({ 'package.json': composed, 'compose.yml': '' }).subject.kind).toBe('url');
  });
});

describe('the matrix file', () => {
  const hostile = "node 'a: b' # c\n- {x}";
  it.each<readonly [string, Readonly<Record<string, string>>, readonly string[]]>([
    ['of a server', start, ['reuse=keep-alive', 'reuse=close']],
    ['of nothing', {}, ['reuse=keep-alive', 'reuse=close']],
    ['of a container', { Dockerfile: '' }, ['reuse=keep-alive', 'reuse=close']],
    ['of a server and a locustfile', { ...start, 'load/locustfile.py': '' }, ['all']],
    ['of a locustfile alone', { 'locustfile.py': '' }, ['all']],
    [
      'of hostile texts',
      { 'package.json': manifest({ scripts: { start: hostile } }), 'a.js': "app.get('/a,b', f)" },
      ['reuse=keep-alive', 'reuse=close'],
    ],
  ])('%s plans as it is', (_, files, cells) => {
    const project = found(files);
    const { baseline, candidate } = armsOf(project);
    expect(ids(plan(matrixText(project, invocation), { baseline, candidate }))).toEqual(cells);
  });

  it('starts what the project starts, and nothing in a text is YAML', () => {
    const project = found({
      'package.json': manifest({
        scripts: { start: `node\u2028${hostile}` },
        dependencies: { 'bench-matrix': '1' },
      }),
      'a.js': "app.get('/a,b', f); listen(1234)",
    });
    const text = matrixText(project, invocation);
    expect(text).toContain("path: '/a,b'");
    expect(text).toMatch(/^# yaml-language-server: /);
    expect(matrixText(found(start), invocation)).not.toContain('yaml-language-server');
  });
});
