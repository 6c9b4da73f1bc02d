// Shows the groups, and again whenever something happened to a collection, by whichever program.

import { createClient } from "@skillmeat/client";

const client = createClient({ url: location.origin });

const output = document.querySelector("#groups");
if (output === null) throw new Error("The page has no #groups");

async function show(): Promise<string> {
  const { items } = await client.groups.list.query({});
  return items.map(({ name, members }) => `${name}: ${members.length}`).join("\n");
}

let shown = Promise.resolve();
client.events.changes.subscribe(
  {},
  {
    // At the beginning, and where changes were missed, a "reset" comes.
    onData({ data: event }) {
      if (event.type === "state") return;
      shown = shown
        .then(show)
        .then((text) => void (output.textContent = text))
        .catch((error) => void (output.textContent = String(error)));
    },
    onError(error) {
      output.textContent = error.message;
    },
  },
);
