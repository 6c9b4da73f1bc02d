import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../scripts/workspace.ts";
import { cases } from "./cases.ts";
import { makeProfiles, type ProfileEffort } from "./profile/profiles.ts";
import { drawCharts } from "./report/charts.ts";
import { writePage } from "./report/page.ts";
import { profileTable } from "./report/profile-table.ts";
import { terminalHead, terminalRow } from "./report/table.ts";
import { runSuite, type Report } from "./suite.ts";
import { judge } from "./support/result.ts";
import { SIZES, type SizeName } from "./support/sizes.ts";

const EFFORTS = {
  short: { rounds: 20, most: 3_000 },
  long: { rounds: 300, most: 30_000 },
} as const;

/** How much a profile samples. */
const PROFILED = {
  short: { rounds: 40, medium: "M", large: "L" },
  long: { rounds: 400, medium: "M", large: "L" },
} as const;

const OPTIONS = {
  only: { type: "string" },
  sizes: { type: "string" },
  effort: { type: "string", default: "long" },
  write: { type: "boolean", default: false },
  profile: { type: "boolean", default: false },
  results: { type: "string" },
} as const;

const CHARTS = "benchmarks";

/** Does what the command line asks for. */
export async function runBench(): Promise<void> {
  const values = readArguments();
  const chosen = chooseCases(values.only);
  const sizes = chooseSizes(values.sizes);
  const effort = chooseEffort(values.effort);
  const isMade = values.profile || (values.write && values.results === undefined);
  const profile = isMade ? PROFILED[effort.name] : null;
  console.log(terminalHead());
  const report =
    values.results === undefined
      ? await runSuite({
          cases: chosen,
          sizes,
          effort: effort.effort,
          command: ["npm run bench", ...typed()].join(" "),
          profile,
          onResult: (result) => console.log(terminalRow(result)),
        })
      : await readResults(values.results, profile);
  for (const line of profileLines(report)) console.log(line);
  keep(report);
  if (values.write) writeDocs(report);
}

/** The report that a run left, with profiles that are made now where they are asked for. */
async function readResults(file: string, profile: ProfileEffort | null): Promise<Report> {
  const kept: Report = JSON.parse(readFileSync(file, "utf8"));
  for (const result of kept.results) console.log(terminalRow(result));
  return profile === null ? kept : { ...kept, profiles: await makeProfiles(profile) };
}

function profileLines({ profiles }: Report): string[] {
  return profiles.length === 0 ? [] : ["", ...profileTable(profiles).split("\n")];
}

function readArguments() {
  try {
    return parseArgs({ options: OPTIONS }).values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function refuse(why: string): never {
  console.error(why);
  process.exit(2);
}

/** What was typed behind the script's name; npm eats the dashes. */
function typed(): string[] {
  const args = process.argv.slice(2);
  return args.length > 0 ? ["--", ...args] : [];
}

function chooseCases(only: string | undefined) {
  if (only === undefined) return cases;
  const names = cases.map(({ name }) => name);
  const wanted = chooseAmong(only, names);
  return cases.filter(({ name }) => wanted.includes(name));
}

function chooseSizes(sizes: string | undefined): SizeName[] | undefined {
  if (sizes === undefined) return undefined;
  const all = Object.values(SIZES).map(({ name }) => name);
  const wanted = chooseAmong(sizes, all);
  return all.filter((name) => wanted.includes(name));
}

function chooseEffort(text: string) {
  const [chosen] = chooseAmong(text, Object.keys(EFFORTS));
  const name = chosen === "short" ? "short" : "long";
  return { name, effort: EFFORTS[name] } as const;
}

/** The words of a list with commas, which must all be known. */
function chooseAmong(list: string, known: readonly string[]): string[] {
  const words = list.split(",");
  const unknown = words.find((word) => !known.includes(word));
  if (unknown === undefined) return words;
  return refuse(`There is no "${unknown}"; choose among ${known.join(", ")}`);
}

function keep(report: Report): void {
  const folder = join(root, "reports", "bench");
  mkdirSync(folder, { recursive: true });
  const results = report.results.map((result) => ({ ...result, ...judge(result) }));
  const file = `${report.at.replaceAll(/[:.]/g, "-")}.json`;
  writeFileSync(join(folder, file), `${JSON.stringify({ ...report, results }, null, 2)}\n`);
  console.log(`\nKept as reports/bench/${file}`);
}

function writeDocs(report: Report): void {
  const docs = join(root, "docs");
  const charts = drawCharts(report);
  mkdirSync(join(docs, CHARTS), { recursive: true });
  for (const { file, svg } of charts) writeFileSync(join(docs, CHARTS, file), svg);
  writeFileSync(join(docs, "benchmarks.md"), writePage(report, charts, CHARTS));
  console.log("Written to docs/benchmarks.md");
}
