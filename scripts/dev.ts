import { spawn } from "node:child_process";
import { join } from "node:path";
import { buildBundle } from "./build-bundle.ts";
import { fillHome } from "./fill-home.ts";
import { serveHome } from "./serve-home.ts";
import { root } from "./workspace.ts";

// `npm run dev`: the web app with hot reload, over a server of the clone's own home, or of SKILLMEAT_HOME.

async function main(): Promise<void> {
  if (!(await buildBundle())) return;
  const { SKILLMEAT_HOME: named = "" } = process.env;
  const home = named === "" ? join(root, ".skillmeat") : named;
  if (named === "") fillHome(home, join(root, "examples"));
  const server = await serveHome(home);
  const vite = spawn("npm", ["run", "--silent", "dev"], {
    cwd: join(root, "apps", "web"),
    env: { ...process.env, SKILLMEAT_SERVER: server.url, SKILLMEAT_TOKEN: server.token },
    stdio: "inherit",
  });
  // Whichever ends first ends the other.
  vite.on("close", () => void server.end());
  await server.ended;
  vite.kill();
}

await main();
