import { cases } from "../cases.ts";
import { judge } from "../support/result.ts";
import type { Report } from "../suite.ts";
import type { Chart } from "./charts.ts";
import { showBytes } from "./figures.ts";
import { LIMITS } from "./limits.ts";
import { profileTable } from "./profile-table.ts";
import { markdownTable } from "./table.ts";

/**
 * The page of a report.
 * @param folder of the charts, as seen from the page
 */
export function writePage(report: Report, charts: readonly Chart[], folder: string): string {
  const verdicts = report.results.map(judge).filter(({ met }) => met !== null);
  const met = verdicts.filter((verdict) => verdict.met === true).length;
  return `# Benchmarks

*Made by \`${report.command}\`; do not edit it by hand. The code is in [bench](../bench).*

## How to run it

\`\`\`
npm run bench                                     # builds, then measures all; some twenty minutes
npm run bench -- --effort short                   # fewer rounds, for a first look
npm run bench -- --only durable,recovery --sizes S,M
npm run bench -- --profile                        # and samples where the time goes
npm run bench -- --write                          # and makes this page and its charts anew
npm run bench -- --write --results FILE           # of the results that a run left; with --profile sampled anew
\`\`\`

The cases are ${cases.map(({ name }) => `\`${name}\``).join(", ")}. Each run leaves \`reports/bench/TIME.json\`. \`npm test\` has a
short form that prints the figures and asserts no time. Measure on a machine that does nothing else.

## How to read it

Everything is compared with something that ran in the same run, its rounds in shuffled order among those of SkillMeat, so that whatever
else the machine does meets both alike. A first round is not counted. *SkillMeat* and *Against* are medians, p99 the 99th
percentile (of few rounds the slowest), n the number of rounds. The *figure* is how many times as long SkillMeat took by the medians; where it says *faster*, how
many times as long the other took; and where it has a unit, the median itself.

| Size | Artifacts | Groups × members | Tags | Manifest |
| --- | --- | --- | --- | --- |
${report.sizes.map(sizeRow).join("\n")}

## Results

${machineLine(report)}

${met} of ${verdicts.length} targets are met.

${charts.map(({ title, file }) => `![${title}](${folder}/${file})`).join("\n\n")}

${markdownTable(report.results)}

## Where the time goes
${profilesOf(report)}
${limitsOf(report)}
## What is measured

${cases.map(({ name, about }) => `- **\`${name}\`** ${about.replaceAll("\n", "\n  ")}`).join("\n")}
`;
}

function profilesOf({ profiles }: Report): string {
  if (profiles.length === 0) return "\nNothing was sampled in this run.";
  return `
Sampled by V8's profiler, which itself takes some of the time: of mutations, recovery and refresh after as many for warming up, of
whole processes from their start to their end. Medians are of what was sampled. *Waiting* is for the disk, where that is left to another thread,
and of processes for whatever they wait for. The floor of a mutation waits for the same three fsyncs and writes as many bytes; what stands under the other
headings, but for *calls of the file system* in part, it has none of.

${profileTable(profiles)}`;
}

/** Why targets are missed, of the cases that miss one. */
function limitsOf({ results }: Report): string {
  const missed = new Set(
    results.filter((result) => judge(result).met === false).map((result) => result.case),
  );
  const limits = [...LIMITS].filter(([name]) => missed.has(name));
  if (limits.length === 0) return "";
  return `
## Why a target is not met

${limits.map(([name, limit]) => `- **\`${name}\`** ${limit.replaceAll("\n", "\n  ")}`).join("\n")}
`;
}

function sizeRow({ name, artifacts, groups, members, tags, bytes }: Report["sizes"][number]) {
  const count = (of: number) => of.toLocaleString("en");
  const cells = [
    name,
    count(artifacts),
    `${count(groups)} × ${members}`,
    count(tags),
    showBytes(bytes),
  ];
  return `| ${cells.join(" | ")} |`;
}

function machineLine({ at, machine, effort }: Report): string {
  const { cpu, cores, memoryGb, fileSystem, kernel, node } = machine;
  const disk = fileSystem ?? "an unknown file system";
  const rounds = `at most ${effort.rounds} rounds or ${effort.most / 1_000} s a comparison`;
  return `On ${at.slice(0, 10)}, ${cpu}, ${cores} cores, ${memoryGb} GB, ${disk}, ${kernel}, Node ${node}; ${rounds}.`;
}
