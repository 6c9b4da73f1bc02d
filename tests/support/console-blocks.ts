const BLOCK = /^```console\n(.*?)^```$/gms;

/** Runs a command line and returns what a terminal would show. */
export type Terminal = (command: string) => Promise<string>;

/**
 * Runs what the ```console blocks of a page show, in their order.
 * @param terminals one, whose lines begin with `$ `, or several by name, whose lines begin with `name$ `
 * @returns the page with what the commands printed now
 */
export async function replayConsole(
  page: string,
  terminals: Terminal | Readonly<Record<string, Terminal>>,
): Promise<string> {
  const byPrompt = new Map(
    typeof terminals === "function" ? [["", terminals]] : Object.entries(terminals),
  );
  let replayed = "";
  let end = 0;
  for (const { 0: block, 1: content = "", index } of page.matchAll(BLOCK)) {
    replayed += `${page.slice(end, index)}\`\`\`console\n${await replayBlock(content, byPrompt)}\`\`\``;
    end = index + block.length;
  }
  return replayed + page.slice(end);
}

async function replayBlock(
  content: string,
  terminals: ReadonlyMap<string, Terminal>,
): Promise<string> {
  let replayed = "";
  let printed = "";
  for (const line of content.split("\n")) {
    const [, name = "", command = ""] = /^(\w*)\$ (.*)/.exec(line) ?? [];
    const run = terminals.get(name);
    if (command === "" || run === undefined) continue;
    // Output is set off from the next command.
    if (printed !== "") replayed += "\n";
    printed = await run(command);
    replayed += `${line}\n${printed === "" ? "" : `${printed}\n`}`;
  }
  return replayed;
}
