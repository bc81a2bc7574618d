import { type Listing, type Spot, sourcesOf, spotsIn } from './listing.ts';
import { routesOf } from './routes.ts';
import type { Server } from './server.ts';

const requirementFiles = ['requirements.txt', 'pyproject.toml', 'Pipfile', 'setup.cfg'];
const asgiApp = /^(\w+)(?:\s*:[^=\n]+)?\s*=\s*(?:\w+\.)?(?:FastAPI|Starlette|Litestar|Quart)\(/gm;
const flaskApp = /^(\w+)(?:\s*:[^=\n]+)?\s*=\s*(?:\w+\.)?Flask\(/gm;
const djangoWsgi = /^(application)\s*=/gm;

interface Start {
  /** The program, and what it is told. */
  readonly program: string;
  readonly from: string;
  readonly isForDevelopment: boolean;
}

/** uvicorn, gunicorn, Flask or Django, where the project requires it and its app is found. */
export function pythonServer(listing: Listing): Server | null {
  const required = requirementFiles
    .map((file) => listing.get(file) ?? '')
    .join('\n')
    .toLowerCase();
  const start = startOf(listing, (name) => new RegExp(`\\b${name}\\b`).test(required));
  if (start === null) return null;
  const { folder, ...setup } = environmentOf(listing);
  return {
    ...{ start: `${folder}${start.program}`, from: start.from, setup, env: {} },
    port: { kind: 'said' },
    routes: routesOf(listing, sourcesOf(listing, 'python'), 'python'),
    isForDevelopment: start.isForDevelopment,
  };
}

function startOf(listing: Listing, requires: (name: string) => boolean): Start | null {
  const sources = sourcesOf(listing, 'python');
  const first = (pattern: RegExp, of: readonly string[] = sources): Spot | undefined =>
    of.flatMap((file) => spotsIn(listing, file, pattern))[0];
  const asgi = first(asgiApp);
  // FastAPI's own `fastapi` extra brings uvicorn along.
  if (asgi !== undefined && (requires('uvicorn') || requires('fastapi')))
    return served(`uvicorn ${appName(asgi)} --host 127.0.0.1 --port $PORT`, asgi);
  const flask = first(flaskApp);
  if (flask !== undefined && requires('gunicorn'))
    return served(`gunicorn --bind 127.0.0.1:$PORT ${appName(flask)}`, flask);
  if (flask !== undefined && requires('flask'))
    return developed(`flask --app ${appName(flask)} run --port $PORT`, flask.file);
  const wsgi = first(
    djangoWsgi,
    sources.filter((file) => /(^|\/)wsgi\.py$/.test(file)),
  );
  if (wsgi !== undefined && requires('gunicorn'))
    return served(`gunicorn --bind 127.0.0.1:$PORT ${appName(wsgi)}`, wsgi);
  if (listing.has('manage.py') && requires('django'))
    return developed('python manage.py runserver --noreload 127.0.0.1:$PORT', 'manage.py');
  return null;
}

const served = (program: string, { file }: Spot): Start => ({
  ...{ program, from: file, isForDevelopment: false },
});
const developed = (program: string, from: string): Start => ({
  ...{ program, from, isForDevelopment: true },
});

/** `src/shop/main.py` and `app` → `src.shop.main:app`, as seen from the folder in which it starts. */
const appName = ({ file, text }: Spot): string =>
  `${file.replace(/(\/__init__)?\.py$/, '').replaceAll('/', '.')}:${text}`;

/** An environment in the arm's own files: dependencies are a part of what is compared. */
function environmentOf(listing: Listing): { command: string; from: string; folder: string } {
  const folder = '.venv/bin/';
  const pip = (what: string): string => `python3 -m venv .venv && .venv/bin/pip install ${what}`;
  if (listing.has('uv.lock')) return { command: 'uv sync --frozen', from: 'uv.lock', folder };
  if (listing.has('poetry.lock')) {
    const command = 'POETRY_VIRTUALENVS_IN_PROJECT=1 poetry install --no-interaction';
    return { command, from: 'poetry.lock', folder };
  }
  if (listing.has('requirements.txt'))
    return { command: pip('-r requirements.txt'), from: 'requirements.txt', folder };
  return { command: pip('.'), from: 'pyproject.toml', folder };
}
