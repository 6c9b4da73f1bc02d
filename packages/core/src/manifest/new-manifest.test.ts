import { parse } from "smol-toml";
import { expect, test } from "vitest";
import { manifestTime, newManifestText } from "./new-manifest.ts";

test("a new manifest holds its table and nothing else", () => {
  const time = manifestTime(new Date("2026-02-20T01:02:03.999Z"));
  const manifest = { name: 'My "team"', version: "1.0.0", created: time, updated: time };
  expect(time).toBe("2026-02-20T01:02:03");
  expect(newManifestText(manifest)).toBe(
    '[collection]\nname = "My \\"team\\""\nversion = "1.0.0"\ncreated = "2026-02-20T01:02:03"\nupdated = "2026-02-20T01:02:03"\n',
  );
  expect(parse(newManifestText(manifest))).toEqual({ collection: manifest });
});
