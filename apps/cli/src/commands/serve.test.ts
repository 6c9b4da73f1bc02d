import { readServerFile } from "@skillmeat/server/server-file";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));

/** `skillmeat serve` in a process of its own, on a home that is not there yet. */
function spawnServe(...options: string[]) {
  const folder = mkdtempSync(join(tmpdir(), "skillmeat-serve-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const home = join(folder, "home");
  const argv = ["serve", "--port", "0", "--home", home, ...options];
  const child = spawn(process.execPath, ["--conditions=@skillmeat/source", main, ...argv], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const printed = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (printed.out += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (printed.err += chunk));
  const ended = once(child, "close");
  return { home, child, printed, ended, serverFile: join(home, "server.json") };
}

test("the printed address opens the home in a browser, and the log does not tell the token", async () => {
  const { home, child, ended, printed, serverFile } = spawnServe();
  await expect.poll(() => printed.out, { timeout: 30_000 }).toContain("Next ");
  const token = readServerFile(serverFile)?.token ?? "none";
  const [, open = ""] = /^Open +(\S+)$/m.exec(printed.out) ?? [];
  const { status, headers } = await fetch(open, { redirect: "manual" });
  expect(status).toBe(302);
  const key = readFileSync(join(home, "browser-key"), "utf8").trim();
  expect(headers.get("set-cookie")).toContain(`=${key};`);
  expect(statSync(home).mode & 0o777).toBe(0o700);
  expect(statSync(serverFile).mode & 0o777).toBe(0o600);
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
  expect(printed.err).toContain('"serving"');
  expect(printed.err).not.toContain(token);
  expect(printed.err).not.toContain(key);
  expect(existsSync(serverFile)).toBe(false);
});

test("with --json the address is told without the token", async () => {
  const { home, printed, serverFile } = spawnServe("--json", "--no-token");
  await expect.poll(() => printed.out, { timeout: 30_000 }).toContain("}\n");
  const { url, ...rest } = JSON.parse(printed.out);
  expect(rest).toEqual({ home, pid: readServerFile(serverFile)?.pid });
  const headers = { "x-skillmeat": "1" };
  expect((await fetch(`${url}/trpc/system.health`, { headers })).status).toBe(200);
  expect((await fetch(`${url}/trpc/system.health`)).status).toBe(403);
});

test("other machines are not served without a token, and no home is made for them", async () => {
  const { home, ended, printed } = spawnServe("--host", "0.0.0.0", "--no-token", "--json");
  expect(await ended).toEqual([1, null]);
  expect(JSON.parse(printed.out)).toMatchObject({ error: { code: "refused" } });
  expect(existsSync(home)).toBe(false);
});
