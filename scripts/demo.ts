import { buildBundle } from "./build-bundle.ts";
import { playGroupsSurvive } from "./demo/groups-survive.ts";
import { playNewMachine } from "./demo/new-machine.ts";
import { playOldManifest } from "./demo/old-manifest.ts";
import { playQueryTime } from "./demo/query-time.ts";
import { createStage, type Stage } from "./demo/stage.ts";
import { playTagsSurvive } from "./demo/tags-survive.ts";

// Plays the five promises through the bundled command line, in temporary homes: `npm run demo`.

interface Promised {
  readonly title: string;
  /** Plays it and returns what was seen; throws where the promise does not hold. */
  readonly play: (stage: Stage) => Promise<string> | string;
}

const promises: readonly Promised[] = [
  { title: "Groups survive the loss of the cache", play: playGroupsSurvive },
  { title: "So do the colours and descriptions of tags", play: playTagsSurvive },
  { title: "A query takes the same time with and without a manifest", play: playQueryTime },
  { title: "An old manifest works, and loses nothing", play: playOldManifest },
  { title: "A new machine gets the full organisation", play: playNewMachine },
];

async function main(): Promise<void> {
  if (!(await buildBundle())) return;
  const stage = createStage();
  let kept = 0;
  try {
    for (const [index, { title, play }] of promises.entries()) {
      stage.title(`${index + 1}. ${title}`);
      try {
        stage.verdict(true, await play(stage));
        kept += 1;
      } catch (error) {
        stage.verdict(false, error instanceof Error ? error.message : String(error));
      }
    }
  } finally {
    stage.close();
  }
  console.log(`\n${kept} of ${promises.length} promises kept.`);
  process.exitCode = kept === promises.length ? 0 : 1;
}

await main();
