import { expect, it } from "vitest";
import { safeLink } from "./safe-link.ts";

it("takes addresses of the web and of mail", () => {
  expect(safeLink("https://example.org/a?b#c")).toBe("https://example.org/a?b#c");
  expect(safeLink("HTTP://EXAMPLE.ORG")).toBe("http://example.org/");
  expect(safeLink("mailto:a@example.org")).toBe("mailto:a@example.org");
});

it("takes nothing that runs, reads files, or leads into this page", () => {
  const others = [
    "javascript:alert(1)",
    " java\nscript:alert(1)",
    "data:text/html,<script>",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:x",
    "//example.org",
    "/c/default/board",
    "reference.md",
    "#part",
    "",
    undefined,
  ];
  expect(others.map(safeLink)).toEqual(others.map(() => null));
});
