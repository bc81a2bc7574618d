/** Actions of GitHub at their releases, by the commits that these tags name in their repositories. */
export const pins = {
  checkout: 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1',
  'setup-node': 'actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0',
} as const;

export const workflowFile = '.github/workflows/bench.yml';

/** The package is put here, beside the project's own files and not among its dependencies. */
const folder = '.bench';

/**
 * A GitHub workflow that gates pull requests.
 * @param within the working folder from the root of the repository; `.` is the root itself.
 * @param matrix the file, from there; null where bench finds it by itself.
 * @param version of bench
 */
export const workflowText = (within: string, matrix: string | null, version: string): string => `\
# Written by \`bench init\`. Each pull request is measured against the commit that it branched from: both in turn, on one
# runner. The job fails by the exit code of bench: 1 a regression, 2 wrong input, 3 it could not measure.
name: bench
on: pull_request
permissions:
  contents: read
  # For the one comment. Pull requests from forks have no such right, and get none.
  pull-requests: write
concurrency:
  group: bench-\${{ github.ref }}
  cancel-in-progress: true
jobs:
  bench:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    steps:
      - uses: ${pins.checkout}
        with:
          ref: \${{ github.event.pull_request.head.sha }}
          fetch-depth: 0
          persist-credentials: false
      - uses: ${pins['setup-node']}
        with:
          node-version: 24
      # The action is a part of the package. What your setup needs beside Node (Python, pnpm) is installed here too.
      - run: npm install --prefix ${folder} --no-save --ignore-scripts --no-audit --no-fund bench-matrix@${version}
      - uses: ./${folder}/node_modules/bench-matrix
        with:
          checkout: false
          node-version: ''
${within === '.' ? '' : `          working-directory: ${JSON.stringify(within)}\n`}${matrix === null ? '' : `          matrix: ${JSON.stringify(matrix)}\n`}`;
