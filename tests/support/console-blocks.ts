const BLOCK = /^```console\n(.*?)^```$/gms;

/**
 * Runs what the ```console blocks of a page show, in their order.
 * @param run runs a command line and returns what a terminal would show
 * @returns the page with what the commands printed now
 */
export async function replayConsole(
  page: string,
  run: (command: string) => Promise<string>,
): Promise<string> {
  let replayed = "";
  let end = 0;
  for (const { 0: block, 1: content = "", index } of page.matchAll(BLOCK)) {
    replayed += `${page.slice(end, index)}\`\`\`console\n${await replayBlock(content, run)}\`\`\``;
    end = index + block.length;
  }
  return replayed + page.slice(end);
}

async function replayBlock(
  content: string,
  run: (command: string) => Promise<string>,
): Promise<string> {
  const commands = content.split("\n").filter((line) => line.startsWith("$ "));
  let replayed = "";
  let printed = "";
  for (const line of commands) {
    // Output is set off from the next command.
    if (printed !== "") replayed += "\n";
    printed = await run(line.slice(2));
    replayed += `${line}\n${printed === "" ? "" : `${printed}\n`}`;
  }
  return replayed;
}
