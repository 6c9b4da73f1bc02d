import { Agent, request } from "node:http";

/** Asks one server, with no more work than that takes, so that what is measured is the server. */
export interface Asker {
  /** @returns the body of the answer, which must be a success */
  get(path: string): Promise<string>;
  post(path: string, body: unknown): Promise<string>;
  close(): void;
}

/**
 * Makes what asks a server, on connections that are kept.
 * @param token of a SkillMeat server
 */
export function createAsker(url: string, token?: string): Asker {
  const agent = new Agent({ keepAlive: true });
  const headers = {
    "content-type": "application/json",
    "x-skillmeat": "1",
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  function ask(method: string, path: string, body?: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const sent = request(new URL(path, url), { method, agent, headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", reject);
        answer.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          if (answer.statusCode === 200) resolve(text);
          else reject(new Error(`${method} ${path} answered ${answer.statusCode}: ${text}`));
        });
      });
      sent.on("error", (error) => {
        // The server closed the connection, as idle for too long, in the moment in which it was used again.
        const again = sent.reusedSocket && "code" in error && error.code === "ECONNRESET";
        if (again) resolve(ask(method, path, body));
        else reject(error);
      });
      sent.end(body);
    });
  }
  return {
    get: (path) => ask("GET", path),
    post: (path, body) => ask("POST", path, JSON.stringify(body)),
    close: () => agent.destroy(),
  };
}
