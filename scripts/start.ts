import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildBundle } from "./build-bundle.ts";
import { fillHome } from "./fill-home.ts";
import { cliBundle, root } from "./workspace.ts";

// Builds, and serves the API in this very process: `npm start`. Arguments go to `skillmeat serve`.

const INTERRUPTED = 130;

async function main(): Promise<void> {
  if (!(await buildBundle())) return;
  greet(chooseHome());
  // Ctrl-C is how a person ends a server; npm would report any other code as a failure.
  process.on("exit", (code) => {
    if (code === INTERRUPTED) process.exitCode = 0;
  });
  process.argv.splice(1, 1, cliBundle, "serve");
  await import(pathToFileURL(cliBundle).href);
}

/** The home to serve: the one that is named, else the clone's own, filled from the examples once. */
function chooseHome(): string {
  const named = process.env["SKILLMEAT_HOME"];
  if (named !== undefined && named !== "") return named;
  const home = join(root, ".skillmeat");
  process.env["SKILLMEAT_HOME"] = home;
  if (fillHome(home, join(root, "examples"))) console.log("Copied the example collection.");
  return home;
}

function greet(home: string): void {
  console.log(`SkillMeat's home is ${home}

Try in another terminal:
  npm run --silent skillmeat -- group list
  npm run --silent skillmeat -- artifact list --tag testing
  npm run --silent skillmeat -- group create Favourites --color green
`);
}

await main();
