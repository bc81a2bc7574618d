import type { UserClass } from '../../model/locustfile.ts';
import type { ConnectionSettings } from '../../model/settings.ts';
import { quoted } from './texts.ts';

/** What a locustfile says of TLS: at its top, and in its user class. */
export interface WrittenTls {
  readonly top: readonly string[];
  readonly attributes: readonly string[];
  readonly onStart: readonly string[];
}

const nothing: WrittenTls = { top: [], attributes: [], onStart: [] };

export function writtenTls(
  { tls, context }: ConnectionSettings,
  userClass: UserClass,
  caFile: string,
): WrittenTls {
  if (tls === 'none' || context === 'library') return nothing;
  const version = `ssl.TLSVersion.TLSv1_${tls === '1.2' ? 2 : 3}`;
  if (userClass === 'HttpUser')
    return context === 'shared'
      ? sharedByRequests(version, caFile)
      : requestsItself(version, caFile);
  const factory = [
    `CA_FILE = ${quoted(caFile)}`,
    ...newContext(version, 'cafile=None'),
    ...(context === 'shared'
      ? [
          '# One for all users of a worker.',
          'CONTEXT = new_context()',
          '',
          '',
          'def shared_context(cafile=None):',
          '    return CONTEXT',
        ]
      : []),
  ];
  const name = context === 'shared' ? 'shared_context' : 'new_context';
  return {
    top: factory,
    attributes: ['insecure = False', `ssl_context_factory = staticmethod(${name})`],
    onStart: [],
  };
}

const newContext = (version: string, parameters: string): readonly string[] => [
  '',
  '',
  `def new_context(${parameters}):`,
  '    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)',
  `    context.minimum_version = context.maximum_version = ${version}`,
  '    context.load_verify_locations(CA_FILE)',
  '    return context',
  '',
  '',
];

const sharedByRequests = (version: string, caFile: string): WrittenTls => ({
  top: [
    `CA_FILE = ${quoted(caFile)}`,
    ...newContext(version, ''),
    '# One for all users of a worker.',
    'CONTEXT = new_context()',
    '',
    '',
    'class Adapter(HTTPAdapter):',
    '    def init_poolmanager(self, *args, **kwargs):',
    '        super().init_poolmanager(*args, ssl_context=CONTEXT, **kwargs)',
    '',
    '    def cert_verify(self, conn, url, verify, cert):',
    '        # The context has the certificates: requests would load its own into it for each connection.',
    '        conn.cert_reqs = "CERT_REQUIRED"',
  ],
  attributes: [],
  onStart: ['self.client.mount("https://", Adapter())'],
});

/** With the path of a bundle every release makes a context, and loads the bundle, for each connection. */
const requestsItself = (version: string, caFile: string): WrittenTls => ({
  top: [
    `CA_FILE = ${quoted(caFile)}`,
    '',
    '',
    'class Adapter(HTTPAdapter):',
    '    def init_poolmanager(self, *args, **kwargs):',
    `        version = ${version}`,
    '        super().init_poolmanager(*args, ssl_minimum_version=version, ssl_maximum_version=version, **kwargs)',
  ],
  attributes: [],
  onStart: ['self.client.mount("https://", Adapter())', 'self.client.verify = CA_FILE'],
});
