// `npm run --silent skillmeat -- group list`: the CLI as it was built in this clone, on the clone's
// own home where SKILLMEAT_HOME names no other.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const bundle = join(root, "apps", "cli", "dist", "skillmeat.js");

if (existsSync(bundle)) {
  process.env.SKILLMEAT_HOME ||= join(root, ".skillmeat");
  // npm runs scripts in the clone's root; paths on the command line are meant from where it was called.
  if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
  process.argv[1] = bundle;
  await import(pathToFileURL(bundle).href);
} else {
  console.error("The command line is not built yet. Run `npm run build`, or `npm start`, first.");
  process.exitCode = 1;
}
