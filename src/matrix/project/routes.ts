import { type Language, type Listing, type Spot, spotsIn } from './listing.ts';

/** Paths without parameters that a server answers to a GET. */
const routes: Readonly<Record<Language, readonly RegExp[]>> = {
  node: [
    // Not of a client: axios.get('/') asks another server.
    /\b(?!axios\b|client\b|http\b|https\b|agent\b|request\b|api\b|\$)\w+\.(?:get|route)\(\s*['"`](\/[^'"`\s:*{}()$\\]*)['"`]/g,
    /\b(?:url|pathname)\s*[!=]==?\s*['"`](\/[^'"`\s$\\]*)['"`]/g,
  ],
  python: [/@\w+\.(?:get|route)\(\s*['"](\/[^'"<{\\]*)['"]/g, /\bpath\(\s*['"]([\w/-]*)['"]/g],
};
const ofHealth = /^\/(api\/)?(_?health\w*|ready\w*|live\w*|ping|status)\/?$/i;

export interface Routes {
  /** What is asked; null stands for `/`, of which nothing was found. */
  readonly asked: Spot | null;
  /** By which a server says that it is there. */
  readonly health: Spot | null;
  readonly others: readonly Spot[];
}

const mostOthers = 5;

export function routesOf(listing: Listing, sources: readonly string[], language: Language): Routes {
  const all = sources
    .flatMap((file) => routes[language].flatMap((pattern) => spotsIn(listing, file, pattern)))
    // Django's have no slash in front.
    .map((spot) => (spot.text.startsWith('/') ? spot : { ...spot, text: `/${spot.text}` }))
    .filter((spot, i, every) => every.findIndex(({ text }) => text === spot.text) === i);
  const health = all.find(({ text }) => ofHealth.test(text)) ?? null;
  const work = all.filter(({ text }) => !ofHealth.test(text));
  const asked = work.find(({ text }) => text === '/') ?? work[0] ?? health;
  return { asked, health, others: work.filter((spot) => spot !== asked).slice(0, mostOthers) };
}
