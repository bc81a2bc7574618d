import { z } from 'zod';
import { type Github, GithubRefusal } from './github.ts';

const user = z.object({ login: z.string(), type: z.string() });
const comment = z.object({
  id: z.int(),
  body: z
    .string()
    .nullish()
    .transform((body) => body ?? ''),
  // Of a deleted account there is none.
  user: user.nullable(),
});
type Comment = z.infer<typeof comment>;

const page = 100;
/** More comments than a pull request may have. */
const mostPages = 50;

export interface Wanted {
  /** `owner/name` */
  readonly repository: string;
  readonly pull: number;
  /** The first line of the comment, by which it is found again. */
  readonly marker: string;
  /** What follows it. */
  readonly text: string;
  /** Leaves it be where there is none yet. */
  readonly onlyUpdate: boolean;
}

/** Writes the one comment of this marker, or writes it anew. @throws GithubRefusal */
export async function comments(
  github: Github,
  { repository, pull, marker, text, onlyUpdate }: Wanted,
): Promise<'created' | 'updated' | 'none'> {
  const issues = `/repos/${repository}/issues`;
  const body = `${marker}\n${text}`;
  const own = await ownComment(github, `${issues}/${pull}/comments`, marker);
  if (own !== null) {
    await github('PATCH', `${issues}/comments/${own.id}`, { body });
    return 'updated';
  }
  if (onlyUpdate) return 'none';
  await github('POST', `${issues}/${pull}/comments`, { body });
  return 'created';
}

/** Anybody may write the marker: only what we wrote ourselves is ours to change. */
async function ownComment(github: Github, path: string, marker: string): Promise<Comment | null> {
  const isMarked = ({ body }: Comment): boolean => body.split(/\r?\n/, 1)[0] === marker;
  let login: string | null | undefined;
  for (let number = 1; number <= mostPages; number += 1) {
    const listed = await github('GET', `${path}?per_page=${page}&page=${number}`);
    const all = z.array(comment).parse(listed);
    for (const marked of all.filter(isMarked)) {
      if (marked.user?.type === 'Bot') return marked;
      if (login === undefined) login = await loginOf(github);
      if (login !== null && marked.user?.login === login) return marked;
    }
    if (all.length < page) return null;
  }
  return null;
}

/** Whose token it is; null of a workflow's own, which is no user's and writes as a bot. */
async function loginOf(github: Github): Promise<string | null> {
  try {
    return user.parse(await github('GET', '/user')).login;
  } catch (error) {
    if (error instanceof GithubRefusal) return null;
    throw error;
  }
}
