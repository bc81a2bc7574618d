/** What Locust's users do: the scenario, or what a file of the user's says. */
export type LocustfileSpec =
  | { readonly kind: 'written'; readonly userClass: UserClass }
  | { readonly kind: 'own'; readonly path: string };

/** Locust's two clients: on requests, and on geventhttpclient. */
export type UserClass = 'HttpUser' | 'FastHttpUser';
