import { createServer, type Server } from "node:net";
import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { createClient } from "../create-client.ts";
import { isSkillmeatError } from "../errors.ts";
import { createBriefClient } from "../node.ts";

/** A server that sends the same bytes to whoever asks, and hangs up. */
async function serving(answer: string): Promise<{ url: string; asked: () => string }> {
  let asked = "";
  const server: Server = createServer((socket) => {
    socket
      .on("error", () => {})
      .setEncoding("utf8")
      .on("data", (text) => {
        asked += String(text);
        if (answer === "") socket.destroy();
        else socket.end(answer);
      });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const place = server.address();
  if (place === null || typeof place === "string") throw new Error("It listens on no port");
  return { url: `http://127.0.0.1:${place.port}`, asked: () => asked };
}

function answerOf(body: string, length = Buffer.byteLength(body)): string {
  return `HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${body}`;
}

/** What a call fails with. */
async function errorOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => null,
    (error: unknown) => error,
  );
}

test("a call is sent with the headers and the input that the server asks for", async () => {
  const { url, asked } = await serving(
    answerOf('{"result":{"data":{"items":[],"nextCursor":null}}}'),
  );
  const client = createBriefClient({ url: `${url}/`, token: "secret" });
  expect(await client.groups.list.query({ collection: "a ü" })).toEqual({
    items: [],
    nextCursor: null,
  });
  expect(asked()).toBe(
    [
      `GET /trpc/groups.list?input=${encodeURIComponent('{"collection":"a ü"}')} HTTP/1.0`,
      `host: ${new URL(url).host}`,
      "content-length: 0",
      "x-skillmeat: 1",
      "authorization: Bearer secret",
      "\r\n",
    ].join("\r\n"),
  );
});

test("a mutation is posted as JSON, of whatever characters", async () => {
  const { url, asked } = await serving(answerOf('{"result":{"data":{"saved":true}}}'));
  await createBriefClient({ url }).groups.create.mutate({ name: "Grüße 👩‍💻" });
  const [head = "", body] = asked().split("\r\n\r\n");
  expect(head).toMatch(/^POST \/trpc\/groups\.create HTTP\/1\.0\r\n/);
  expect(head).toContain("content-type: application/json");
  expect(head).toContain(`content-length: ${Buffer.byteLength(body ?? "")}`);
  expect(JSON.parse(body ?? "")).toEqual({ name: "Grüße 👩‍💻" });
});

test("an answer that is cut off is none", async () => {
  const cut = await serving(answerOf('{"result":{"data":1}}', 1000));
  for (const { url } of [cut, await serving("")]) {
    const error = await errorOf(createBriefClient({ url }).groups.list.query({}));
    expect(isSkillmeatError(error) && error.data.reason).toBe("unreachable");
  }
});

test("an answer that no SkillMeat server gives is an error, and not one of ours", async () => {
  for (const body of ["<html>", "{}", "null", '{"result":1}']) {
    const { url } = await serving(answerOf(body));
    const error = await errorOf(createBriefClient({ url }).groups.list.query({}));
    expect(error).toMatchObject({ name: "TRPCClientError" });
    expect(isSkillmeatError(error)).toBe(false);
  }
});

test("where nobody listens, and where the caller gives up, it fails as over fetch", async () => {
  const { url } = await serving("");
  const gone = url.replace(/\d+$/, "9999");
  const reports = [createBriefClient, createClient].map(async (create) => {
    const unreached = await errorOf(create({ url: gone }).groups.list.query({}));
    const signal = AbortSignal.abort();
    const aborted = await errorOf(create({ url }).groups.list.query({}, { signal }));
    return [unreached, isSkillmeatError(aborted)];
  });
  const [brief, full] = await Promise.all(reports);
  expect(brief?.[0]).toMatchObject({ data: { reason: "unreachable" } });
  expect(String(brief?.[0])).toBe(String(full?.[0]));
  expect([brief?.[1], full?.[1]]).toEqual([false, false]);
});
