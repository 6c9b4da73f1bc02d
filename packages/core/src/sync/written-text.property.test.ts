import fc from "fast-check";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { requireCollection } from "../cache/commit.ts";
import type { Cache } from "../cache/open.ts";
import { SkillmeatError } from "../errors.ts";
import { spliceManifest } from "../manifest/splice.ts";
import { createDisplacedFiles } from "../manifest/store/displaced.ts";
import { addArtifacts } from "../operations/add-artifacts.ts";
import { removeArtifact } from "../operations/remove-artifact.ts";
import { artifactAddInputSchema, artifactRemoveInputSchema } from "../schema/index.ts";
import { collectionPaths } from "../settings/collection-paths.ts";
import { fuzz, PATIENCE } from "../testing/fuzz.ts";
import { readBase } from "./base.ts";
import { readCacheRows } from "./cache-rows.ts";
import { planManifest } from "./desired.ts";
import { mutation, type Mutation } from "./testing/generated-mutations.ts";
import { openTestHome } from "./testing/test-home.ts";
import type { WriterMemory } from "./write-changes.ts";
import { readBack, writeManifest } from "./write-manifest.ts";
import { createWrittenTexts, type WrittenText } from "./written-text.ts";

const collection = "default";

/** What stands before the rows, each in a form of its own. */
const HEADS = [
  '[collection]\nname = "Mine"\nupdated = "2026-01-01T00:00:00"\n\n',
  "# ours\n[collection]\n# no time\n\n",
  "",
  "\uFEFFtop = 1\n",
];

/** Rows and what stands between them, in any order. */
const PARTS = [
  '[[artifacts]]\nname = "pdf"\ntype = "skill"\ntags = [\n  "C", # by hand\n  "loose",\n]\n\n[artifacts.metadata]\nlicense = "MIT"\n\n',
  '[[artifacts]]\nname = "review"\ntype = "command"\n\n# of the next\n',
  '[[artifacts]]\nname = "review"\ntype = "skill"\ntags = ["日本語"]\n',
  '[[artifacts]]\nname = "fs"\ntype = "mcp"\n[[artifacts.more]]\na = 1\n\n',
  '[[tag_definitions]]\nname = "C++"\nslug = "cpp"\ncolor = "#fff"\n\n',
  '[[tag_definitions]]\nname = "日本語"\n\n',
  '[[tag_definitions]]\nname = "Code Review"\nslug = "code-review"\n# after\n\n\n',
  '[[groups]]\nname = "A"\nmembers = ["pdf", "gone"]\n\n',
  '[[groups]]\nname = "B b"\nposition = 3\nmembers = [\n  # first\n  "review",\n]\nextra = { a = "[[x]]" }\n\n',
  '[[groups]]\nname = "日本語"\nposition = 7\nnote = """\n[[groups]]\n"""\n',
  '[[groups]]\nname = "# no"\nposition = 9\nmembers = []\n\n',
  "[mcp_servers.local]\ncommand = 'npx'\n\n",
  "[[others]]\na = [1, 2]\n\n",
];

const document = fc
  .tuple(
    fc.constantFrom(...HEADS),
    fc.shuffledSubarray(PARTS, { minLength: 4 }),
    fc.constantFrom("\n", "\n", "\r\n"),
  )
  .map(([head, parts, newline]) => (head + parts.join("")).replaceAll("\n", newline));

const LONG_AGO = new Date("2026-01-01T00:00:00Z");

/** Artifacts that may come: what a word in the file means changes with them, and how it is written. */
const COMING = ["pdf", "review", "gone", "C"];

function makeSources(): string {
  const folder = mkdtempSync(join(tmpdir(), "skillmeat-sources-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of COMING) {
    mkdirSync(join(folder, "skills", name), { recursive: true });
    const tags = "tags: [loose, C++]";
    writeFileSync(join(folder, "skills", name, "SKILL.md"), `---\nname: ${name}\n${tags}\n---\n`);
    mkdirSync(join(folder, "agents"), { recursive: true });
    writeFileSync(join(folder, "agents", `${name}.md`), `---\nname: ${name}\n---\n`);
  }
  return folder;
}

/** Mutations by which artifacts come and go. */
function artifactMutation(sources: string): fc.Arbitrary<Mutation> {
  const paths = COMING.flatMap((name) => [
    join(sources, "skills", name),
    join(sources, "agents", `${name}.md`),
  ]);
  return fc.oneof(
    fc.constantFrom(...paths).map(
      (path): Mutation =>
        (cache) =>
          addArtifacts(cache, artifactAddInputSchema.parse({ paths: [path] })),
    ),
    fc.constantFrom("pdf", "skill:review", "command:review", "agent:review", "fs", "gone").map(
      (id): Mutation =>
        (cache) =>
          removeArtifact(cache, artifactRemoveInputSchema.parse({ id })),
    ),
  );
}

/** The text that the whole of the cache comes to, by the splice of the whole text. */
function wholeText(cache: Cache, before: string, now: Date): Promise<string> {
  return cache.transaction(async (tx) => {
    const { id } = await requireCollection(tx, collection);
    const manifest = readBack(before);
    const rows = await readCacheRows(tx, id);
    const { desired } = planManifest(manifest, rows, await readBase(tx, id));
    return spliceManifest(manifest, desired, now);
  });
}

function withoutTimes(text: string): string {
  return text.replaceAll(/^(updated|added) = .*$/gm, "$1");
}

test(
  "a write of what changed comes to the text that a write of the whole comes to",
  { timeout: PATIENCE },
  async () => {
    const counts = { whole: 0, changes: 0 };
    const any = fc.oneof(
      { weight: 4, arbitrary: mutation },
      { weight: 1, arbitrary: artifactMutation(makeSources()) },
    );
    await fc.assert(
      fc.asyncProperty(document, fc.array(any, { maxLength: 12 }), async (text, mutations) => {
        const at = await openTestHome(text);
        // A text that was saved just now is not kept.
        utimesSync(at.manifest, LONG_AGO, LONG_AGO);
        try {
          await at.home.sync.ready(collection);
          const { cache } = at.home;
          const texts = createWrittenTexts();
          let kept: WrittenText | null = null;
          const memory: WriterMemory = {
            displaced: createDisplacedFiles(() => {}),
            texts: {
              ...texts,
              put(dir, fingerprint, written) {
                const isSame = kept !== null && kept.pieces === written?.pieces;
                counts[isSame ? "changes" : "whole"] += 1;
                kept = written;
                texts.put(dir, fingerprint, written);
              },
            },
          };
          const paths = collectionPaths(cache.paths, collection);
          await writeManifest(cache, paths, collection, memory);
          for (const mutate of mutations) {
            await mutate(cache).catch((error: unknown) => {
              if (!(error instanceof SkillmeatError)) throw error;
            });
            const before = at.read();
            const wanted = await wholeText(cache, before, new Date());
            expect(await writeManifest(cache, paths, collection, memory)).toBe(true);
            expect(withoutTimes(at.read())).toBe(withoutTimes(wanted));
            if (wanted === before) expect(at.read()).toBe(before);
            expect(await baseIsWhole(cache, at.read())).toBe(true);
          }
          await memory.displaced.end();
        } finally {
          await at.home.close();
          rmSync(at.root, { recursive: true, force: true });
        }
      }),
      fuzz(40),
    );
    expect(counts.changes).toBeGreaterThan(counts.whole);
  },
);

/** Whether the base says of every row of ours what a plan of the whole would say. */
function baseIsWhole(cache: Cache, text: string): Promise<boolean> {
  return cache.transaction(async (tx) => {
    const { id } = await requireCollection(tx, collection);
    const base = await readBase(tx, id);
    const { owned } = planManifest(readBack(text), await readCacheRows(tx, id), base);
    expect(base).toEqual(owned);
    return true;
  });
}
