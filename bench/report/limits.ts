/**
 * What stands between SkillMeat and a target, by the name of the case. The page has it of those that miss one; the
 * profiles say how much of the time it is.
 */
export const LIMITS: ReadonlyMap<string, string> = new Map([
  [
    "durable",
    `The floor is one statement and one transaction, and looks at nothing. A mutation does the same writes, and besides
some thirty statements in three transactions (the mutation with its line in the log of changes; the snapshot with the intent;
the record), and some forty looks at files: whether cache, manifest, settings, lock and git are as they were. The row that changed is
read, planned, spliced, read back and hashed. All that is some milliseconds, the same at each size, and so outweighs the floor
where the file is small, and is nothing where it is large. Each part of it keeps a promise (ARCHITECTURE, "The protocol" and
"What can go wrong"), and none of it grows with the number of artifacts. The naive way keeps no cache, log or lock, and at S and
M has little to parse.`,
  ],
  [
    "durable-memory",
    `The same as \`durable\`, where the floor waits for no disk; besides, the text that was replaced is held open for two seconds, for who may
still write into it, so that its memory cannot be used again by the next write.`,
  ],
  [
    "concurrent",
    `Calls that come at once share one commit, one snapshot and one write. What they cannot share is what each does by itself:
ten statements, its line in the log, and its row in the text; over HTTP also its request, answer and connection, of which the
clients' half is done on the same two cores. So the rate ends where one core is busy with that, however much faster than one at a
time that is on a given disk.`,
  ],
  [
    "create",
    `As \`durable\`; besides a request passes the guard, Hono and tRPC, its input and the answer are checked, and it is logged.`,
  ],
]);
