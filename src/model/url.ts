/** Where a target listens that runs already. */
export interface TargetUrl {
  readonly tls: boolean;
  /** A name, or an IPv4 address. */
  readonly host: string;
  readonly port: number;
  /** What requests name it by in their Host header: without a port that its scheme implies. */
  readonly authority: string;
}

/** Reads `http://127.0.0.1:3000`; a text is what is wrong with another, and what to do. */
export function parseTargetUrl(text: string): TargetUrl | string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return 'is no URL. Write one such as http://127.0.0.1:3000.';
  }
  const { protocol, username, password, hostname, pathname, search, hash, host } = url;
  if (protocol !== 'http:' && protocol !== 'https:')
    return 'is no URL of HTTP. Begin it with http:// or https://.';
  if (username !== '' || password !== '')
    return 'has a user in it. Send an authorization header in scenario.requests instead.';
  if (pathname !== '/' || search !== '' || hash !== '')
    return 'has more than a host and a port. Put paths into scenario.requests.';
  if (hostname.startsWith('['))
    return 'has an IPv6 address. Write an IPv4 address, or a name that has one.';
  const tls = protocol === 'https:';
  const port = url.port === '' ? (tls ? 443 : 80) : Number(url.port);
  if (port === 0) return 'has the port 0. Write the one that the server listens on.';
  return { tls, host: hostname, port, authority: host };
}

/** Of IPv4: nobody but this machine. */
export const isLoopback = (address: string): boolean => /^127\.\d+\.\d+\.\d+$/.test(address);
