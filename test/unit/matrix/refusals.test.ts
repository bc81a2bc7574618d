import { describe, expect, test } from 'vitest';
import { axes, fixture, refusal, versions } from '../../fixtures/matrix/planned.ts';

type Case = readonly [text: string, message: string];

/** Every case is line 1; the versions follow. */
const refused = (name: string, cases: readonly Case[]) =>
  describe(name, () => {
    test.each(cases)('%j', (text, message) => {
      expect(refusal(`${text}\n${versions}`)).toBe(`m.yaml:1:${message}`);
    });
  });

refused('unknown keys', [
  ['conection: {}', '1: conection: unknown key. Did you mean "connection"?'],
  [
    'x: {}',
    '1: x: unknown key. Choose one of $schema, description, scenario, target, client, connection, axes, compare, include, exclude, gate, measure, capacity.',
  ],
  ['scenario: {request: []}', '12: scenario.request: unknown key. Did you mean "requests"?'],
  ['scenario: {load: {user: 3}}', '19: scenario.load.user: unknown key. Did you mean "users"?'],
  [
    'scenario: {requests: [{}, {header: {}}]}',
    '28: scenario.requests[1].header: unknown key. Did you mean "headers"?',
  ],
  [
    'scenario: {requests: [{expect: {body: {equal: x}}}]}',
    '40: scenario.requests[0].expect.body.equal: unknown key. Did you mean "equals"?',
  ],
  ['target: {bodybytes: 3}', '10: target.bodybytes: unknown key. Did you mean "bodyBytes"?'],
  ['client: {worker: 3}', '10: client.worker: unknown key. Did you mean "workers"?'],
  ['connection: {TLS: none}', '14: connection.TLS: unknown key. Did you mean "tls"?'],
  [
    'connection: {reuse: {evry: 3}}',
    '22: connection.reuse.evry: unknown key. Did you mean "every"?',
  ],
  [
    'connection: {dns: {lookup: cached, dely: 5ms}}',
    '36: connection.dns.dely: unknown key. Did you mean "delay"?',
  ],
  ['connection: {ca: {path: x}}', '19: connection.ca.path: unknown key. Write file.'],
  ['gate: {sensitivty: 5%}', '8: gate.sensitivty: unknown key. Did you mean "sensitivity"?'],
  [
    'gate: {margins: {cpuPerReqest: 5%}}',
    '18: gate.margins.cpuPerReqest: unknown key. Did you mean "cpuPerRequest"?',
  ],
  [
    'gate: {limits: {latencyP59: 5ms}}',
    '17: gate.limits.latencyP59: unknown key. Did you mean "latencyP50"?',
  ],
  ['measure: {launchse: 5}', '11: measure.launchse: unknown key. Did you mean "launches"?'],
]);

refused('values of the wrong kind', [
  ['connection:', '12: connection: is empty. Write { tls: … }, or remove the key.'],
  ['connection: fast', '13: connection: "fast" is not a mapping. Write { tls: … }.'],
  [
    'description: 3',
    '14: description: 3 is not a text. Put it in quotes, such as "what this matrix is for".',
  ],
  [
    'scenario: {requests: {}}',
    '22: scenario.requests: a mapping is not a list. Write it as a list: [{ method: GET, path: / }].',
  ],
  [
    'scenario: {requests: []}',
    '22: scenario.requests: has no request. Write one such as { method: GET, path: / }.',
  ],
  [
    'scenario: {requests: [{method: get}]}',
    '32: scenario.requests[0].method: "get" is not a method in capital letters. Write one such as "GET".',
  ],
  [
    'scenario: {requests: [{path: x}]}',
    '30: scenario.requests[0].path: "x" is not a path that begins with / and has no blanks. Write one such as "/".',
  ],
  [
    'scenario: {requests: [{headers: {accept: 1.0}}]}',
    '42: scenario.requests[0].headers.accept: 1 is not a text. Put it in quotes, such as "text/html".',
  ],
  [
    'scenario: {requests: [{headers: {"a b": c}}]}',
    '41: scenario.requests[0].headers["a b"]: is not the name of a header. Write one such as accept.',
  ],
  [
    'scenario: {requests: [{headers: {a: "b\\nc"}}]}',
    '37: scenario.requests[0].headers.a: "b\\nc" cannot be sent in a header. Write printable text.',
  ],
  [
    'scenario: {requests: [{headers: {Connection: close}}]}',
    '46: scenario.requests[0].headers.Connection: is up to the client. Set connection.reuse instead.',
  ],
  [
    'scenario: {requests: [{expect: {status: 99}}]}',
    '41: scenario.requests[0].expect.status: 99 is not a whole number from 100 up. Write one such as 200.',
  ],
  [
    'scenario: {requests: [{expect: {status: 600}}]}',
    '41: scenario.requests[0].expect.status: is not an HTTP status. Write one such as 200.',
  ],
  [
    'scenario: {requests: [{expect: {body: {}}}]}',
    '39: scenario.requests[0].expect.body: checks nothing. Write one of equals, includes, bytes.',
  ],
  [
    'scenario: {requests: [{expect: {body: {equals: x, bytes: 1}}}]}',
    '39: scenario.requests[0].expect.body: checks more than one thing. Write one of equals, includes, bytes.',
  ],
  [
    'scenario: {load: {model: opne}}',
    '26: scenario.load.model: "opne" is not one of closed, constant-throughput, open. Did you mean "open"?',
  ],
  [
    'scenario: {load: {model: open}}',
    '26: scenario.load.model: open needs rate. Write rate: 100 beside it.',
  ],
  [
    'scenario: {load: {model: open, rate: 0}}',
    '38: scenario.load.rate: 0 is not a number above 0. Write one such as 100.',
  ],
  [
    'scenario: {load: {model: constant-throughput, users: 1.5}}',
    '54: scenario.load.users: 1.5 is not a number of users. Write one such as 100, or a share of what the baseline can carry, such as 75%.',
  ],
  [
    'scenario: {load: {model: constant-throughput, users: 0%}}',
    '54: scenario.load.users: "0%" is not a number of users. Write one such as 100, or a share of what the baseline can carry, such as 75%.',
  ],
  [
    'scenario: {load: {model: constant-throughput}}',
    '26: scenario.load.model: constant-throughput needs users. Write users: 100 beside it.',
  ],
  [
    'scenario: {load: {users: 3}}',
    '26: scenario.load.users: belongs to a load whose model is constant-throughput, and this one is closed. Write model: constant-throughput beside it, or remove it.',
  ],
  [
    'scenario: {load: {connections: 2.5}}',
    '32: scenario.load.connections: 2.5 is not a whole number from 1 up. Write one such as 8.',
  ],
  [
    'target: {builtin: helo}',
    '19: target.builtin: "helo" is not one of hello. Did you mean "hello"?',
  ],
  [
    'connection: {dns: chached}',
    '19: connection.dns: "chached" is not one of literal, cached, per-connection, { lookup: per-connection, delay: 5ms }. Did you mean "cached"?',
  ],
  [
    'connection: {dns: {lookup: literal, delay: 5ms}}',
    '28: connection.dns.lookup: "literal" is not one of cached, per-connection. Write one of these.',
  ],
  [
    'connection: {dns: {delay: 5ms}}',
    '19: connection.dns.lookup: nothing is not one of cached, per-connection. Write one of these.',
  ],
  [
    'connection: {dns: {lookup: cached, delay: 5}}',
    '43: connection.dns.delay: 5 has no unit. Write a duration such as 500ms, 10s or 2m.',
  ],
  ['target: {key: dsa}', '15: target.key: "dsa" is not one of ecdsa, rsa. Did you mean "rsa"?'],
  [
    'target: {bodyBytes: []}',
    '21: target.bodyBytes: a list is not a size. Write one such as 13 or 1kB.',
  ],
  [
    'target: {bodyBytes: 1k}',
    '21: target.bodyBytes: "1k" has an unknown unit (k). Write a size such as 13, 1kB or 64KiB.',
  ],
  [
    'client: {engine: vegeta}',
    '18: client.engine: "vegeta" is not one of http, undici, wrk, autocannon, locust, k6, oha, npm:undici@7.30.2, locust@2.31.0. Write one of these.',
  ],
  [
    'client: {engine: locust@2.31.0.1}',
    '18: client.engine: "locust@2.31.0.1" is not one of http, undici, wrk, autocannon, locust, k6, oha, npm:undici@7.30.2, locust@2.31.0. Write one of these.',
  ],
  [
    'client: {engine: locust@2.31.0, asOf: 20-04-2024}',
    '39: client.asOf: "20-04-2024" is not a day. Write one such as "2024-04-20".',
  ],
  [
    'client: {engine: locust@2.31.0, asOf: 2024-02-30}',
    '39: client.asOf: "2024-02-30" is not a day of the calendar. Write one such as 2024-04-20.',
  ],
  [
    'client: {engine: locust@2.31.0, with: {requests: 2.31}}',
    '50: client.with.requests: 2.31 is not a text. Put it in quotes, such as "2.31.0".',
  ],
  [
    'client: {engine: locust@2.31.0, with: {requests: ">=2.31.0"}}',
    '50: client.with.requests: ">=2.31.0" is not an exact version. Write one such as "2.31.0".',
  ],
  [
    'client: {engine: locust@2.31.0, with: {--pre: 1.0.0}}',
    '47: client.with["--pre"]: is not the name of a package. Write one such as requests.',
  ],
  [
    'client: {runtime: node}',
    '19: client.runtime: "node" is not a runtime. Write node@20.20.2, python@3.11, a path that begins with / or ./, or current.',
  ],
  [
    'client: {workers: 0}',
    '19: client.workers: 0 is not a whole number from 1 up. Write one such as 1.',
  ],
  [
    'client: {workers: "2"}',
    '19: client.workers: "2" is not a whole number from 1 up. Write one such as 1.',
  ],
  [
    'client: {workers: .inf}',
    '19: client.workers: Infinity is not a whole number from 1 up. Write one such as 1.',
  ],
  [
    'client: {workers: {expect: 5, listen: load-1}}',
    '39: client.workers.listen: "load-1" is not an IPv4 address. Write the address of this machine that the workers reach, such as 192.0.2.10.',
  ],
  [
    'client: {workers: {expect: 5, listen: 0.0.0.0}}',
    '39: client.workers.listen: is no address that workers can reach. Write one of this machine, such as 192.0.2.10.',
  ],
  [
    'client: {workers: {listen: 192.0.2.10}}',
    '19: client.workers.expect: is missing. Write one such as 5.',
  ],
  ['client: {env: {FOO: }}', '21: client.env.FOO: has no value. Write a text such as "1".'],
  [
    'client: {env: {FOO: 1.10}}',
    '21: client.env.FOO: 1.1 is not a text. Put it in quotes, such as "1".',
  ],
  [
    'client: {env: {A=B: x}}',
    '21: client.env["A=B"]: is not the name of a variable. Write one such as NAME.',
  ],
  [
    'connection: {tls: 1.1}',
    '19: connection.tls: 1.1 is not one of none, 1.2, 1.3. Did you mean "1.2"?',
  ],
  [
    'connection: {reuse: never}',
    '21: connection.reuse: "never" is not one of keep-alive, close, { every: 10 }. Write one of these.',
  ],
  ['connection: {reuse: {}}', '21: connection.reuse.every: is missing. Write one such as 10.'],
  [
    'connection: {reuse: {every: 0}}',
    '29: connection.reuse.every: 0 is not a whole number from 1 up. Write one such as 10.',
  ],
  [
    'connection: {session: resume}',
    '23: connection.session: "resume" is not one of none, resumed. Did you mean "resumed"?',
  ],
  [
    'connection: {context: per_connection}',
    '23: connection.context: "per_connection" is not one of shared, per-connection, library. Did you mean "per-connection"?',
  ],
  [
    'connection: {ca: all}',
    '18: connection.ca: "all" is not one of none, bundle, { bundle: 24 }, { file: ./ca.pem }. Write one of these.',
  ],
  ['connection: {ca: {file: ""}}', '25: connection.ca.file: is empty. Write a path.'],
  [
    'measure: {launches: 1}',
    '21: measure.launches: 1 is not a whole number from 2 up. Write one such as 8.',
  ],
  ['compare: 1', '10: compare: 1 is not a text. Put it in quotes, such as "version".'],
]);

refused('missing units', [
  [
    'client: {requestTimeout: 10}',
    '26: client.requestTimeout: 10 has no unit. Write a duration such as 500ms, 10s or 2m.',
  ],
  [
    'target: {delay: "5"}',
    '17: target.delay: "5" has no unit. Write a duration such as 500ms, 10s or 2m.',
  ],
  [
    'measure: {sliceTime: 2.7}',
    '22: measure.sliceTime: 2.7 has no unit. Write a duration such as 500ms, 10s or 2m.',
  ],
  [
    'measure: {sliceTime: 0s}',
    '22: measure.sliceTime: "0s" is not a duration above 0ms. Write one such as 3s.',
  ],
  ['measure: {warmup: true}', '19: measure.warmup: true is not a duration. Write one such as 4s.'],
  [
    'gate: {limits: {latencyP95: 200}}',
    '29: gate.limits.latencyP95: 200 has no unit. Write a time such as 300us, 200ms or 1s.',
  ],
  [
    'gate: {limits: {latencyP95: 0ms}}',
    '29: gate.limits.latencyP95: "0ms" is not a time above 0us. Write one such as 200ms.',
  ],
  [
    'gate: {limits: {rps: 0}}',
    '22: gate.limits.rps: 0 is not a number above 0. Write one such as 500.',
  ],
  [
    'gate: {limits: {errorRate: 0.1}}',
    '28: gate.limits.errorRate: 0.1 has no unit. Write a percentage such as 2%.',
  ],
  [
    'scenario: {requests: [{weight: 0}]}',
    '32: scenario.requests[0].weight: 0 is not a whole number from 1 up. Write one such as 3.',
  ],
  [
    'scenario: {requests: [{weight: 1001}]}',
    '32: scenario.requests[0].weight: is above 1000. Divide all weights by the same.',
  ],
  [
    'gate: {margins: {rps: 3}}',
    '23: gate.margins.rps: 3 has no unit. Write a percentage such as 2%.',
  ],
  [
    'gate: {margins: {rps: 100%}}',
    '23: gate.margins.rps: "100%" is not a percentage below 100%. Write one such as 2%.',
  ],
  [
    'gate: {sensitivity: 0.05}',
    '21: gate.sensitivity: 0.05 has no unit. Write a percentage such as 2%.',
  ],
  [
    'gate: {sensitivity: 0%}',
    '21: gate.sensitivity: "0%" is not a percentage above 0%. Write one such as 5%.',
  ],
  [
    'gate: {alpha: 100%}',
    '15: gate.alpha: "100%" is not a percentage between 0% and 100%. Write one such as 5%.',
  ],
]);

describe('axes', () => {
  test.each<Case>([
    ['axes: {}', '1:7: axes: there is no axis. Write one, or remove the key.'],
    ['axes: {tls: {}}', '1:13: axes.tls: the axis has no variants. Write at least one.'],
    [
      'axes: {tls: }',
      '1:13: axes.tls: nothing is not a mapping. Write { variant: { connection: { tls: none } } }.',
    ],
    [
      'axes: {tls: {a: }}',
      '1:17: axes.tls.a: is empty. Write { scenario: … }, or write {} for a variant that changes nothing.',
    ],
    [
      'axes: {tls: {"a,b": {}}}',
      '1:14: axes.tls["a,b"]: the name of a variant holds a comma or an equals sign. Use - or + instead.',
    ],
    [
      'axes: {tls: {a=b: {}}}',
      '1:14: axes.tls["a=b"]: the name of a variant holds a comma or an equals sign. Use - or + instead.',
    ],
    ['axes: {tls: {"": {}}}', '1:14: axes.tls[""]: the name of a variant is empty. Write a name.'],
    ['axes: {"": {a: {}}}', '1:8: axes[""]: the name of an axis is empty. Write a name.'],
    [
      'axes: {"a ": {a: {}}}',
      '1:8: axes["a "]: the name of an axis begins or ends with a blank. Remove it.',
    ],
    [
      'axes: {"a\\tb": {a: {}}}',
      '1:8: axes["a\\tb"]: the name of an axis holds a control character. Remove it.',
    ],
    [
      "axes: {tls: {1.3: {},\n '1.3': {}}}",
      '2:2: axes.tls["1.3"]: is given twice, first in line 1. Remove one of the two.',
    ],
    [
      'axes: {tls: {a: {conection: {}}}}',
      '1:18: axes.tls.a.conection: unknown key. Did you mean "connection"?',
    ],
    [
      'axes: {tls: {a: {connection: {tls: 2}}}}',
      '1:36: axes.tls.a.connection.tls: 2 is not one of none, 1.2, 1.3. Write one of these.',
    ],
  ])('%j', (text, message) => {
    expect(refusal(text)).toBe(`m.yaml:${message}`);
  });

  test('too many cells', () => {
    const variants = Array.from({ length: 22 }, (_, i) => `v${i}: {}`).join(', ');
    const text = axes(...['a', 'b', 'c'].map((name) => `${name}: {${variants}}`));
    expect(refusal(text)).toBe(
      'm.yaml:1:1: axes: the axes span 10648 cells, and 10000 is the most. Split the matrix into several files.',
    );
  });
});

describe('two axes that write one setting', () => {
  test('are refused at the second', () => {
    expect(refusal(fixture('conflicting-axes.yaml'), {}, 'conflicting-axes.yaml')).toBe(
      'conflicting-axes.yaml:9:33: axes.mode.plain.connection.tls: axes.tls.none.connection.tls in line 6 writes the same setting. Write it in one of the axes tls and mode only.',
    );
  });

  test.each([
    [
      'a value and a key below it',
      axes('a: {x: {connection: {reuse: close}}}', 'b: {y: {connection: {reuse: {every: 3}}}}'),
      'm.yaml:4:38: axes.b.y.connection.reuse.every: axes.a.x.connection.reuse in line 3 writes the same setting. Write it in one of the axes a and b only.',
    ],
    [
      'a load that says its model and a key of a load',
      axes(
        'a: {x: {scenario: {load: {connections: 2}}}}',
        'b: {y: {scenario: {load: {model: open, rate: 1}}}}',
      ),
      'm.yaml:4:27: axes.b.y.scenario.load: axes.a.x.scenario.load.connections in line 3 writes the same setting. Write it in one of the axes a and b only.',
    ],
    [
      'lists, which are replaced whole',
      axes(
        'a: {x: {scenario: {requests: [{path: /a}]}}}',
        'b: {y: {scenario: {requests: [{method: HEAD}]}}}',
      ),
      'm.yaml:4:31: axes.b.y.scenario.requests: axes.a.x.scenario.requests in line 3 writes the same setting. Write it in one of the axes a and b only.',
    ],
    [
      'the compare axis, even by a variant that is not compared',
      `axes: {version: {v1: {}, v2: {}, v3: {client: {workers: 2}}},\n w: {two: {client: {workers: 2}}}}`,
      'm.yaml:2:30: axes.w.two.client.workers: axes.version.v3.client.workers in line 1 writes the same setting. Write it in one of the axes version and w only.',
    ],
  ])('%s', (_, text, message) => {
    expect(refusal(text)).toBe(message);
  });

  test('stay one line, whatever the command line says', () => {
    const text = 'axes: {runtime: {a: {client: {runtime: node@18}}}}';
    expect(refusal(text, { baseline: '/a\nb', candidate: 'node@20' }, 'a\nb.yaml')).toBe(
      'a\\u000ab.yaml:1:40: axes.runtime.a.client.runtime: --baseline /a\\u000ab writes the same setting. Take it out of the axis runtime.',
    );
  });

  test('a runtime and --workers from the command line', () => {
    const text =
      'axes: {runtime: {a: {client: {runtime: node@18}}}, w: {b: {client: {workers: 2}}}}';
    expect(refusal(text, { baseline: 'node@16', candidate: 'node@20' })).toBe(
      'm.yaml:1:40: axes.runtime.a.client.runtime: --baseline node@16 writes the same setting. Take it out of the axis runtime.',
    );
    expect(refusal(text, { axis: 'runtime', baseline: 'a', candidate: 'a', workers: 3 })).toBe(
      'm.yaml:1:78: axes.w.b.client.workers: --workers 3 writes the same setting. Take it out of the axis w.',
    );
  });
});

describe('settings that fit only together', () => {
  test('name the cell where only that one fails, at the line of the overlay', () => {
    expect(refusal(fixture('unfit-load.yaml'))).toBe(
      'm.yaml:11:24: axes.load.paced.scenario.load.model: in the cell load=paced: constant-throughput needs users. Write users: 100 beside it.',
    );
  });

  test('name the line of the base where the overlay is fine', () => {
    const text = `scenario: {load: {perUser: 2}}\n${axes('load: {a: {}, b: {scenario: {load: {model: constant-throughput, users: 1}}}}')}`;
    expect(refusal(text)).toBe(
      'm.yaml:1:28: scenario.load.perUser: belongs to a load whose model is constant-throughput, and this one is closed. Write model: constant-throughput beside it, or remove it.',
    );
  });
});

test.each([
  ['misspelt-key.yaml', '9:9'],
  ['misspelt-key.json', '8:11'],
])('%s: the position is right', (file, position) => {
  expect(refusal(fixture(file), {}, file)).toBe(
    `${file}:${position}: axes.version.v2.client.worker: unknown key. Did you mean "workers"?`,
  );
});
