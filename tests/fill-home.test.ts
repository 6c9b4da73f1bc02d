import { existsSync, readdirSync, statSync } from "node:fs";
import { expect, test } from "vitest";
import { fillHome } from "../scripts/fill-home.ts";
import { createHome } from "./support/home.ts";

test("a home without collections gets the examples, once", () => {
  const home = createHome();
  home.write("examples/default/collection.toml", "one");

  expect(fillHome(home.path("home"), home.path("examples"))).toBe(true);
  expect(home.read("home/collections/default/collection.toml")).toBe("one");
  expect(readdirSync(home.path("home"))).toEqual(["collections"]);
  expect(statSync(home.path("home")).mode & 0o777).toBe(0o700);

  home.write("home/collections/default/collection.toml", "mine");
  expect(fillHome(home.path("home"), home.path("examples"))).toBe(false);
  expect(home.read("home/collections/default/collection.toml")).toBe("mine");
});

test("where the examples cannot be copied the home stays without collections", () => {
  const home = createHome();
  expect(() => fillHome(home.path("home"), home.path("no-examples"))).toThrow(/no-examples/);
  expect(existsSync(home.path("home/collections"))).toBe(false);
  expect(readdirSync(home.path("home"))).toEqual([]);
});
