import fc from "fast-check";
import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import { SkillmeatError } from "../errors.ts";
import { fuzz } from "../testing/fuzz.ts";
import { mutation } from "./testing/generated-mutations.ts";
import { HEAD, openTestHome } from "./testing/test-home.ts";

const step = fc.record({ mutation, writes: fc.boolean() });

test("any mutations, then the cache deleted, then a refresh: the same groups, tags and memberships", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
      const at = await openTestHome(HEAD);
      at.put("skills/pdf/SKILL.md", "---\nname: pdf\ntags: [loose, C]\n---\n");
      at.put("skills/review/SKILL.md", "");
      at.put("commands/review.md", "---\ntags: 日本語, Code Review\n---\n");
      at.put("commands/git/push.md", "");
      at.put("mcp/fs.json", "{}");
      await at.home.sync.ready("default");
      for (const { mutation: mutate, writes } of steps) {
        // What is refused is a clear error, and changes nothing.
        await mutate(at.home.cache).catch((error: unknown) =>
          expect(error).toBeInstanceOf(SkillmeatError),
        );
        if (writes) expect(await at.home.sync.syncGroups("default")).toMatchObject({ saved: true });
      }
      await at.home.sync.flush();
      const before = await at.curation();
      const text = at.read();
      await at.reopen({ withoutCache: true });
      await at.home.sync.refresh();
      expect(await at.curation()).toEqual(before);
      expect(at.read()).toBe(text);
      await at.home.close();
      rmSync(at.root, { recursive: true });
    }),
    fuzz(40),
  );
});
