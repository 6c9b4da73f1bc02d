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
    find: "    await syncOf(file);\n    const { size }",
    replace: "    const { size }",
  },
  {
    name: "no fsync of the folder",
    file: `${STORE}/replace-file.ts`,
    find: "    await syncFolder(dirname(path));\n    return",
    replace: "    return",
  },
  {
    name: "no write loop",
    file: `${STORE}/replace-file.ts`,
    find: `      await writePart(file, part);
      length += part.length;
    }
    makeEarlier(file);
    await syncOf(file);
    const { size } = fstatSync(file);
`,
    replace: `      await writeTo(file, part);
      length += part.length;
    }
    makeEarlier(file);
    await syncOf(file);
    const size = length;
`,
  },
  {
    name: "reply before the swap",
    file: `${SYNC}/write-through.ts`,
    find: "  function cover(dir: string): Promise<WriteOutcome> {\n    const key",
    replace:
      "  async function cover(dir: string): Promise<WriteOutcome> {\n    setTimeout(() => void start(dir.toLowerCase(), dir), 5);\n    if (dir !== '') return { saved: true, reason: null };\n    const key",
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
    find: "fingerprintOf(manifest) !== row.seen_stat",
    replace: "manifest === ''",
  },
  {
    name: "no intent",
    file: `${SYNC}/base.ts`,
    find: "  await setIntentHash(tx, { id: collectionId, hash });\n",
    replace: "",
  },
  {
    name: "lock not taken",
    file: `${STORE}/lock.ts`,
    find: "      if (tryBegin(database)) return",
    replace: "      if (!database.memory || tryBegin(database)) return",
  },
];
