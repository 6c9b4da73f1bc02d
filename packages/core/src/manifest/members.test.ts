import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createResolver, type ArtifactKey } from "./members.ts";
import { fuzz, RUNS } from "../testing/fuzz.ts";

/** Artifacts by their `type:name`, numbered from 0. */
function artifacts(...ids: readonly string[]): ArtifactKey[] {
  return ids.map((text, id) => {
    const colon = text.indexOf(":");
    return { id, type: text.slice(0, colon), name: text.slice(colon + 1) };
  });
}

function resolve(all: readonly ArtifactKey[], ref: string): string | null {
  const found = createResolver(all).resolve(ref);
  return found === null ? null : `${found.type}:${found.name}`;
}

describe("a reference", () => {
  test.each([
    ["pdf", "skill:pdf"],
    ["PDF", "skill:pdf"],
    ["pdf.md", "skill:pdf"],
    ["Pdf.MD", "skill:pdf"],
    ["skill:pdf", "skill:pdf"],
    ["SKILL:Pdf.md", "skill:pdf"],
    ["p.mddf", null],
    ["agent:pdf", null],
    ["git:review", "command:git:review"],
    ["command:git:review.md", "command:git:review"],
    ["gadget:x", "gadget:x"],
    ["Gadget:X", "gadget:x"],
    ["unknown:pdf", null],
    ["caf\u0065\u0301", "agent:caf\u00e9"],
    ["", null],
    [":", null],
    [".md", null],
    ["skill:", null],
  ])("%j means %j", (ref, expected) => {
    const all = artifacts("skill:pdf", "command:git:review", "gadget:x", "agent:caf\u00e9");
    expect(resolve(all, ref)).toBe(expected);
  });

  test("that is ambiguous means the first of the types, then other types by name", () => {
    const order = ["skill", "command", "agent", "hook", "mcp", "workflow", "alpha", "beta"];
    const all = artifacts(...order.toReversed().map((type) => `${type}:x`));
    order.forEach((type, index) => {
      const left = all.filter((artifact) => order.indexOf(artifact.type) >= index);
      expect(resolve(left, "x")).toBe(`${type}:x`);
      expect(resolve(left.toReversed(), "x")).toBe(`${type}:x`);
      expect(resolve(all, `${type}:x`)).toBe(`${type}:x`);
    });
  });

  test("means the artifact of exactly that name before one that differs by case", () => {
    const all = artifacts("skill:PDF", "skill:pdf", "skill:Pdf");
    expect(resolve(all, "pdf")).toBe("skill:pdf");
    expect(resolve(all, "skill:Pdf")).toBe("skill:Pdf");
    expect(resolve(all, "pDF")).toBe("skill:PDF");
  });

  test("means a name that ends in .md before one without", () => {
    const all = artifacts("skill:notes", "skill:notes.md");
    expect(resolve(all, "notes.md")).toBe("skill:notes.md");
    expect(resolve(all, "notes")).toBe("skill:notes");
  });

  test("has a type before its colon only if that is one", () => {
    expect(resolve(artifacts("skill:git:review"), "git:review")).toBe("skill:git:review");
    expect(resolve(artifacts("skill:git:review", "git:x"), "git:review")).toBe(null);
    expect(resolve(artifacts("command:skill:pdf"), "skill:pdf")).toBe(null);
    expect(resolve(artifacts("command:skill:pdf"), "command:skill:pdf")).toBe("command:skill:pdf");
  });
});

describe("the reference of an artifact", () => {
  test("is the plain name where that is unique, else type:name", () => {
    const all = artifacts("skill:pdf", "skill:x", "agent:X", "command:git:review", "hook:skill:y");
    const { refOf } = createResolver(all);
    expect(all.map(refOf)).toEqual(["pdf", "skill:x", "agent:X", "git:review", "hook:skill:y"]);
    expect(artifacts("skill:unknown").map(refOf)).toEqual(["skill:unknown"]);
  });

  test("leads back to it", () => {
    const type = fc.constantFrom("skill", "command", "mcp", "git", "Gadget");
    const name = fc.constantFrom("a", "A", "a.md", "git:a", "skill:a", "gadget:a", "mcp:git:a");
    const ids = fc.uniqueArray(fc.tuple(type, name).map((parts) => parts.join(":")));
    fc.assert(
      fc.property(ids, (given) => {
        const all = artifacts(...given);
        const { refOf, resolve: find, standsFor } = createResolver(all);
        for (const artifact of all) {
          expect(find(refOf(artifact))).toEqual(artifact);
          expect(standsFor(refOf(artifact), artifact)).toBe(true);
        }
      }),
      fuzz(RUNS),
    );
  });

  test("may stand in another form until that is ambiguous", () => {
    const all = artifacts("skill:pdf", "skill:x", "agent:x", "skill:y");
    const { standsFor } = createResolver(all);
    const stands = (ref: string, id: number) =>
      all.flatMap((one) => (one.id === id && standsFor(ref, one) ? [ref] : []));
    expect(stands("PDF.md", 0)).toEqual(["PDF.md"]);
    expect(stands("skill:pdf", 0)).toEqual(["skill:pdf"]);
    expect(stands("skill:x", 1)).toEqual(["skill:x"]);
    expect(stands("x", 1)).toEqual([]);
    expect(stands("x", 2)).toEqual([]);
    expect(stands("pdf", 1)).toEqual([]);
    expect(stands("pdf", 3)).toEqual([]);
    expect(stands("nothing", 3)).toEqual([]);
  });
});

describe("the member that a reference stands for", () => {
  test.each([
    ["pdf", { ref: "pdf", artifactId: 0 }],
    ["PDF.md", { ref: "PDF.md", artifactId: 0 }],
    ["xls", { ref: "skill:xls", artifactId: 1 }],
    ["agent:xls", { ref: "agent:xls", artifactId: 2 }],
    ["gone", { ref: "gone", artifactId: null }],
  ])("of %j is %j, each time", (ref, expected) => {
    const { memberOf } = createResolver(artifacts("skill:pdf", "skill:xls", "agent:xls"));
    expect(memberOf(ref)).toEqual(expected);
    expect(memberOf(ref)).toEqual(expected);
  });

  test("is as resolve, standsFor and refOf say", () => {
    const names = fc.constantFrom("skill:a", "agent:a", "skill:B.md", "agent:skill:a", "x:y");
    const refs = fc.constantFrom("a", "A", "skill:a", "b", "B.md", "skill:a.md", "y", "x:y", "z");
    fc.assert(
      fc.property(fc.uniqueArray(names), fc.array(refs), (ids, texts) => {
        const resolver = createResolver(artifacts(...ids));
        for (const ref of texts) {
          const artifact = resolver.resolve(ref);
          const stands = artifact === null || resolver.standsFor(ref, artifact);
          expect(resolver.memberOf(ref)).toEqual({
            ref: stands ? ref : resolver.refOf(artifact),
            artifactId: artifact?.id ?? null,
          });
        }
      }),
      fuzz(RUNS),
    );
  });
});
