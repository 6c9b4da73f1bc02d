import { cliStart } from "./cases/cli-start.ts";
import { concurrentClients } from "./cases/concurrent-clients.ts";
import { createOverHttp } from "./cases/create-over-http.ts";
import { durableMutation, durableMutationInMemory } from "./cases/durable-mutation.ts";
import { artifactsList, groupsList } from "./cases/reads.ts";
import { recovery } from "./cases/recovery.ts";
import { refresh } from "./cases/refresh.ts";
import { serveStart } from "./cases/serve-start.ts";
import { serverMemory } from "./cases/server-memory.ts";
import type { Case } from "./support/case.ts";

/** All that is measured, in the order of the report. */
export const cases: readonly Case[] = [
  durableMutation,
  durableMutationInMemory,
  concurrentClients,
  recovery,
  refresh,
  groupsList,
  artifactsList,
  createOverHttp,
  serveStart,
  cliStart,
  serverMemory,
];
