/**
 * INJECT_OBJECTS small objects for each request, which live for INJECT_LIVES requests more: long enough that the
 * collector of young objects has to copy some of them. What that costs is up to V8: there is no true effect to compare with.
 */
const { counted } = require('./counted.cjs');
const { atEachRequest } = require('./requests.cjs');

const objects = Number(process.env.INJECT_OBJECTS);
const lives = Number(process.env.INJECT_LIVES);
const alive = Array.from({ length: lives }, () => null);

atEachRequest(() => {
  const made = [];
  for (let i = 0; i < objects; i += 1)
    made.push({ request: counted.requests, i, next: made[i - 1] });
  alive[counted.requests % lives] = made;
  counted.injected += 1;
});
