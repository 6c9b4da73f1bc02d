// A program on Node: makes a group and prints all groups.
//
//   node examples/node.ts HOME NAME
//
// It goes through the home's running server, or works on the home itself where none runs.

import { isSkillmeatError } from "@skillmeat/client";
import { connect } from "@skillmeat/client/node";

const [home = ".", name = "Reading list"] = process.argv.slice(2);

const { client, close } = await connect({ home });
try {
  const { group, saved, reason } = await client.groups.create.mutate({ name, color: "green" });
  console.log(`Created "${group.name}"`);
  if (!saved) console.warn(`Not in collection.toml yet: ${reason}`);
  const { items } = await client.groups.list.query({});
  for (const item of items) {
    console.log(`${item.position} ${item.name}: ${item.members.length} members`);
  }
} catch (error) {
  if (!isSkillmeatError(error)) throw error;
  const { reason, hint } = error.data;
  console.error(`${error.message} (${reason})${hint === "" ? "" : `. Next: ${hint}`}`);
  process.exitCode = 1;
} finally {
  await close();
}
