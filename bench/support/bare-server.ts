import Database from "better-sqlite3";
import { createServer, type IncomingMessage } from "node:http";
import { openFloor } from "./floor.ts";

// What HTTP, SQL and the disk cost by themselves, in a process of its own: started with a home and its
// manifest, it answers POST /sql with the text that a statement gives, and POST /durable with what was
// posted, after the floor.

const [root = "", manifest = ""] = process.argv.slice(2);
const database = new Database(`${root}/cache/cache.db`, { readonly: true });
const statements = new Map<string, Database.Statement>();
const floor = openFloor(root, manifest);

const server = createServer((incoming, outgoing) => {
  readBody(incoming)
    .then((body) => {
      outgoing.writeHead(200, { "content-type": "application/json" });
      outgoing.end(incoming.url === "/sql" ? answerSql(body) : answerDurably(body));
    })
    .catch((error: unknown) => outgoing.writeHead(500).end(String(error)));
});

async function readBody(incoming: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of incoming.setEncoding("utf8")) body += String(chunk);
  return body;
}

function answerSql(body: string): string {
  const [sql, parameters]: [string, unknown[]] = JSON.parse(body);
  const statement = statements.get(sql) ?? database.prepare(sql).pluck();
  statements.set(sql, statement);
  return String(statement.get(...parameters));
}

function answerDurably(body: string): string {
  floor.run();
  return JSON.stringify(JSON.parse(body));
}

server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`);
});
