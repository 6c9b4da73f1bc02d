/** A fault that a harness must be able to find: a change of one source. */
export interface Plant {
  readonly name: string;
  /** Relative to the clone. */
  readonly file: string;
  /** Stands in the file once. */
  readonly find: string;
  readonly replace: string;
}

const STORE = "packages/core/src/manifest/store";
const SYNC = "packages/core/src/sync";

/** The faults that `npm run test:harnesses` plants in a copy of the sources, one at a time. */
export const PLANTS: readonly Plant[] = [
  {
    name: "no fsync of the file",
    file: `${STORE}/replace-file.ts`,
    find: "    await handle.sync();\n    const { size }",
    replace: "    const { size }",
  },
  {
    name: "no fsync of the folder",
    file: `${STORE}/replace-file.ts`,
    find: "    await syncFolder(dirname(path));\n    return fingerprint;",
    replace: "    return fingerprint;",
  },
  {
    name: "no write loop",
    file: `${STORE}/replace-file.ts`,
    find: "if (size !== bytes.length)",
    replace: "if (size === 0 && bytes.length > 0)",
  },
  {
    name: "reply before the swap",
    file: `${SYNC}/write-through.ts`,
    find: "  function cover(dir: string): Promise<WriteOutcome> {\n    const key",
    replace:
      "  async function cover(dir: string): Promise<WriteOutcome> {\n    setTimeout(() => void writeOnce(cache, dir, patience), 5);\n    if (dir !== '') return { saved: true, reason: null };\n    const key",
  },
  {
    name: "no base check",
    file: `${SYNC}/look.ts`,
    find: '  if (file.state !== "present") return false;\n  if (file.hash',
    replace: '  if (file.state !== "present") return false;\n  return true;\n  if (file.hash',
  },
  {
    name: "no ready check",
    file: `${SYNC}/service.ts`,
    find: "    if (fingerprintOf(manifest) !== row.seen_stat) await lookOnce(row.dir);\n",
    replace: "    if (manifest === '') await lookOnce(row.dir);\n",
  },
  {
    name: "no intent",
    file: `${SYNC}/write-manifest.ts`,
    find: "    beforeSwap: () => recordIntent(cache, draft),",
    replace: "    beforeSwap: async () => void recordIntent,",
  },
  {
    name: "lock not taken",
    file: `${STORE}/lock.ts`,
    find: "      if (tryBegin(database)) return",
    replace: "      if (!database.memory || tryBegin(database)) return",
  },
];
