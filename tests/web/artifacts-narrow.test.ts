import { expect, test } from "vitest";
import { createHome } from "../support/home.ts";
import { groupRow, HEAD, skill, tagRow } from "../support/texts.ts";
import { openWebApp } from "../support/web.ts";

const path = "/c/default/artifacts";

test("on a narrow screen the details take all of it, and Esc closes one thing at a time", async (context) => {
  const home = createHome();
  home.writeCollection(HEAD + tagRow("Own", "own") + groupRow("Documents", "pdf"), {
    "skills/pdf/SKILL.md": skill(),
  });
  const { page } = await openWebApp(context, home, { path, width: 390 });
  await page.locator('[data-id="skill:pdf"]').click();
  const panel = page.getByRole("dialog", { name: "pdf" });
  await panel.getByText("Do it well.").waitFor();
  expect(await panel.boundingBox()).toMatchObject({ x: 0, y: 0, width: 390, height: 800 });
  await panel.getByRole("combobox", { name: "Tag this artifact" }).click();
  const field = page.getByPlaceholder("Find or create a tag");
  await field.fill("Own");
  await page.getByRole("option", { name: "Own" }).click();
  await page.getByText("pdf tagged “Own”").waitFor();
  expect(home.manifest()).toContain(`tags = ["own"]`);
  await page.keyboard.press("Escape");
  await field.waitFor({ state: "detached" });
  await panel.getByRole("button", { name: "Take the tag Own off" }).waitFor();
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "detached" });
  await page.waitForURL((url) => !url.searchParams.has("artifact"));
});

test("a tag that the page does not know to be in the file is put back, with the server's reason", async (context) => {
  const home = createHome();
  home.writeCollection(HEAD, {
    // YAML that only a whole parser understands.
    "skills/pdf/SKILL.md": '---\n"tags": [deep]\n---\n',
  });
  const { page, goto, allow } = await openWebApp(context, home, { path });
  allow(/400/);
  await goto(`${path}?artifact=skill:pdf`);
  const panel = page.getByRole("complementary", { name: "pdf" });
  await panel.getByRole("button", { name: "Take the tag deep off" }).click();
  await page.getByText(/stands in the frontmatter of "skill:pdf", which is never edited/).waitFor();
  await panel.getByRole("button", { name: "Take the tag deep off" }).waitFor();
  expect(home.manifest()).toBe(HEAD);
});
