import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createHome } from "./support/home.ts";

const value = (specifier: string) => `import { x } from "${specifier}";\nexport const y = [x];\n`;
const type = (specifier: string) =>
  `import type { X } from "${specifier}";\nexport type Y = X | 1;\n`;

const refused: Record<string, string> = {
  "packages/core/src/server-type.ts": type("@skillmeat/server"),
  "packages/core/src/client-type.ts": type("@skillmeat/client"),
  "packages/core/src/cli.ts": value("skillmeat"),
  "packages/core/src/hono.ts": value("hono"),
  "packages/core/src/trpc-type.ts": type("@trpc/server"),
  "packages/core/src/sync/server-path.ts": value("../../../server/src/index.ts"),
  "packages/core/src/schema/node.ts": value("node:path"),
  "packages/core/src/schema/sqlite.ts": value("better-sqlite3"),
  "packages/core/src/schema/errors.ts": value("../errors.ts"),
  "packages/core/src/artifacts/cache.ts": value("../cache/open.ts"),
  "packages/core/src/artifacts/sync-type.ts": type("../sync/x.ts"),
  "packages/core/src/artifacts/operations.ts": value("../operations/groups.ts"),
  "packages/core/src/manifest/cache-type.ts": type("../cache/open.ts"),
  "packages/core/src/manifest/store/sync.ts": value("../../sync/x.ts"),
  "packages/core/src/manifest/trpc.ts": value("@trpc/server"),
  "packages/core/src/manifest/settings.ts": value("../settings/settings.ts"),
  "packages/core/src/settings/cache-type.ts": type("../cache/open.ts"),
  "packages/core/src/cache/sync.ts": value("../sync/x.ts"),
  "packages/core/src/cache/operations.ts": value("../operations/groups.ts"),
  "packages/core/src/cache/history.ts": value("../history/x.ts"),
  "packages/core/src/operations/sync.ts": value("../sync/x.ts"),
  "packages/core/src/operations/history.ts": value("../history/x.ts"),
  "packages/core/src/operations/server-type.ts": type("@skillmeat/server"),
  "packages/server/src/client-type.ts": type("@skillmeat/client"),
  "packages/server/src/cli.ts": value("skillmeat"),
  "packages/server/src/core-path.ts": value("../../core/src/errors.ts"),
  "packages/client/src/server.ts": value("@skillmeat/server"),
  "packages/client/src/core.ts": value("@skillmeat/core"),
  "packages/client/src/server-file.ts": value("@skillmeat/server/server-file"),
  "packages/client/src/trpc.ts": value("@trpc/server"),
  "packages/client/src/builtin.ts": value("node:fs"),
  "packages/client/src/index.ts": value("./node.ts"),
  "apps/cli/src/commands/group/server.ts": value("@skillmeat/server"),
  "apps/cli/src/commands/group/core.ts": value("@skillmeat/core"),
  "apps/cli/src/connection.ts": value("@skillmeat/server"),
};

const allowed: Record<string, string> = {
  "packages/core/src/sync/cache.ts": value("../cache/open.ts"),
  "packages/core/src/schema/zod.ts": value("zod"),
  "packages/core/src/schema/sibling.ts": value("./text.ts"),
  "packages/core/src/manifest/node.ts": value("node:fs"),
  "packages/core/src/operations/cache.ts": value("../cache/open.ts"),
  "packages/core/src/history/operations.ts": value("../operations/groups.ts"),
  "packages/core/src/history/sync.ts": value("../sync/x.ts"),
  "packages/core/src/settings/lock.ts": value("../manifest/store/lock.ts"),
  "packages/core/src/cache/settings.ts": value("../settings/settings.ts"),
  "packages/server/src/core.ts": value("@skillmeat/core"),
  "packages/client/src/server-type.ts": type("@skillmeat/server"),
  "packages/client/src/schema.ts": value("@skillmeat/core/schema"),
  "packages/client/src/node.ts": value("@skillmeat/server/router"),
  "packages/client/src/some.test.ts": value("@skillmeat/server"),
  "apps/cli/src/commands/group/core-type.ts": type("@skillmeat/core"),
  "apps/cli/src/commands/serve.ts": value("@skillmeat/server"),
  "apps/cli/src/settings.ts": value("@skillmeat/core/settings"),
  "apps/cli/src/server-file.ts": value("@skillmeat/server/server-file"),
};

const root = fileURLToPath(new URL("..", import.meta.url));

test("oxlint refuses each import that crosses a boundary, and no other", () => {
  const home = createHome();
  home.write(".oxlintrc.json", readFileSync(join(root, ".oxlintrc.json")));
  for (const [file, source] of Object.entries({ ...refused, ...allowed })) home.write(file, source);
  const { stdout } = spawnSync(join(root, "node_modules", ".bin", "oxlint"), ["--format=unix"], {
    cwd: home.root,
    encoding: "utf8",
  });
  const found = stdout
    .split("\n")
    .filter((line) => line.includes("(no-restricted-imports)"))
    .map((line) => line.slice(0, line.indexOf(":")));
  expect(found.toSorted()).toEqual(Object.keys(refused).toSorted());
});
