/** Headers whose values are never stored. */
export const secretHeader =
  /^(authorization|proxy-authorization|cookie)$|token|secret|key|password/i;

const secretWords = new Set([
  ...['auth', 'authorization', 'cookie', 'credential', 'credentials', 'csrf', 'jwt', 'key', 'otp'],
  ...[
    'passwd',
    'passphrase',
    'pin',
    'pwd',
    'session',
    'sessionid',
    'sid',
    'sig',
    'signature',
    'xsrf',
  ],
]);

/** Whether a parameter, a field or a header is called so that its value is probably a secret. */
export const soundsSecret = (name: string): boolean =>
  /token|secret|password|api_?key/i.test(name) ||
  wordsOf(name).some((word) => secretWords.has(word));

/** `accessKeyId`, `access-key-id` and `ACCESS_KEY_ID` are access, key and id. */
export const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
