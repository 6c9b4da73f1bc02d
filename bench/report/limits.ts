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
    "recovery",
    `The inserts cost no more than the floor's: their indexes are made when all rows are in. What comes on top is what makes a
parsed file a collection: where each row stands in the text (our lexer), the rules of each field, which artifact each member means, the
look for the files of each artifact, the base; then the rows are read back and the text that they come to is compared with the
file, which is what says that cache and manifest are one. And what that leaves to the garbage collection.`,
  ],
  [
    "refresh",
    `An *unchanged* refresh only looks. A *first* one has to open, read and close each file, after a look at whether it may be read
at all, and these calls of the file system alone take some three times as long as the floor's one. Then the frontmatter
is parsed, and each artifact joined with its row and inserted.`,
  ],
  [
    "create",
    `As \`durable\`; besides a request passes the guard, Hono and tRPC, its input and the answer are checked, and it is logged.`,
  ],
  [
    "cli",
    `A command loads what it uses and no more (ARCHITECTURE, "The start of a command"). Against a server that is commander, a socket
and the view of the answer, which Node has to find, read and link, and the wait for the answer. Embedded it is the schemas of the
procedures as well, which zod makes anew in each process, tRPC's routers, Kysely, and SQLite with the cache. A heap snapshot would spare most of
that, but Node takes one by a flag only, which the program that npm installs cannot give.`,
  ],
]);
