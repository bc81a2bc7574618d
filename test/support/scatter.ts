/** A small linear congruential generator, −0.5 to 0.5: fixtures scatter the same way on every machine. */
export function scatter(seed: number) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
}
