import { expect, test } from "vitest";
import { createHome } from "../support/home.ts";
import { groupRow, HEAD, skill } from "../support/texts.ts";
import { openWebApp } from "../support/web.ts";

test("the address that is printed opens the board, and its pages are reached by their links", async (context) => {
  const home = createHome();
  home.writeCollection(HEAD + groupRow("A", "pdf"), { "skills/pdf/SKILL.md": skill() });
  const { page, pill } = await openWebApp(context, home);
  await page.waitForURL("**/c/default/board");
  await pill("Saved");
  expect(await page.title()).toBe("Board · default · SkillMeat");
  await page.getByRole("link", { name: "Artifacts" }).click();
  await page.waitForURL("**/c/default/artifacts");
  await page.getByRole("link", { name: "Tags" }).click();
  await page.waitForURL("**/c/default/tags");
});
