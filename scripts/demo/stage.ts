import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters, styleText } from "node:util";
import { cliBundle, root } from "../workspace.ts";

/** How many lines of a command's output are shown. */
const EXCERPT = 6;

/** Where the promises are played: temporary homes, and what the audience sees. */
export interface Stage {
  title(text: string): void;
  /** Shows something that was done by hand, such as a file that was deleted. */
  act(text: string): void;
  /** Shows the first lines of a text, and says how many more there are. */
  show(text: string, most?: number): void;
  verdict(kept: boolean, text: string): void;
  /** A new home, empty or with the example collection. */
  home(content: "empty" | "examples"): DemoHome;
  /** Removes every home. */
  close(): void;
}

/** A home and the command line on it. */
export interface DemoHome {
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  collection(...parts: string[]): string;
  /** Runs a command and shows it with the first lines that it prints; throws where it fails. */
  skillmeat(...args: string[]): void;
  /** Runs a command unseen, and returns the JSON document that it prints. */
  ask(...args: string[]): unknown;
  /** Deletes the cache, as a person would. */
  deleteCache(): void;
}

/** Sets the stage in a temporary folder. */
export function createStage(): Stage {
  const folder = mkdtempSync(join(tmpdir(), "skillmeat-demo-"));
  const stage: Stage = {
    title: (text) => console.log(`\n${styleText("bold", text)}`),
    act: (text) => console.log(`  ${styleText("cyan", text)}`),
    show: (text, most = EXCERPT) => console.log(styleText("dim", excerpt(text, most))),
    verdict(kept, text) {
      console.log(`  ${kept ? styleText("green", "✓") : styleText("red", "✗")} ${text}`);
    },
    home(content) {
      const home = mkdtempSync(join(folder, "home-"));
      mkdirSync(join(home, "collections"));
      if (content === "examples") {
        cpSync(join(root, "examples"), join(home, "collections"), { recursive: true });
      }
      return createDemoHome(stage, home);
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
  return stage;
}

function createDemoHome(stage: Stage, home: string): DemoHome {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.startsWith("SKILLMEAT_") && name !== "FORCE_COLOR",
  );
  const env = { ...Object.fromEntries(inherited), SKILLMEAT_HOME: home };
  const run = (args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cliBundle, ...args], {
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    if (status !== 0) {
      throw new Error(`\`skillmeat ${args.join(" ")}\` failed (${status}): ${stderr}${stdout}`);
    }
    return { stdout, stderr };
  };
  return {
    root: home,
    env,
    collection: (...parts) => join(home, "collections", "default", ...parts),
    skillmeat(...args) {
      stage.act(`$ skillmeat ${args.map(quoted).join(" ")}`);
      const { stdout, stderr } = run(args);
      stage.show(stdout + stderr);
    },
    ask: (...args): unknown => JSON.parse(run([...args, "--json"]).stdout),
    deleteCache() {
      stage.act("$ rm -rf cache");
      rmSync(join(home, "cache"), { recursive: true });
    },
  };
}

function quoted(arg: string): string {
  return /^[\w./:=-]+$/.test(arg) ? arg : `'${arg}'`;
}

function excerpt(text: string, most: number): string {
  const lines = stripVTControlCharacters(text).trimEnd().split("\n");
  const shown = lines.slice(0, most).map((line) => `    ${line.slice(0, 96)}`);
  const more = lines.length - shown.length;
  return [...shown, ...(more > 0 ? [`    … ${more} more`] : [])].join("\n");
}
