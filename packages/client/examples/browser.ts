// What browser.html loads, bundled as browser.js: shows the groups.
//
// The local server answers only pages of its own address, and knows the browser by the cookie that
// its printed URL sets.

import { createClient, isSkillmeatError } from "@skillmeat/client";

const client = createClient({ url: location.origin });

const output = document.querySelector("#groups");
if (output === null) throw new Error("The page has no #groups");
try {
  const { items } = await client.groups.list.query({});
  output.textContent = items.map(({ name, members }) => `${name}: ${members.length}`).join("\n");
} catch (error) {
  output.textContent = isSkillmeatError(error) ? error.message : "The server does not answer";
}
