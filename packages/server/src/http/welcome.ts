/** What a person reads who opens the server's address. */
export function welcome(url: string): string {
  return `SkillMeat serves a home of collections here, over tRPC at ${url}/trpc.

The command line finds it by itself:

  skillmeat group list
  skillmeat status

Any other program on this machine takes the token from server.json in the home:

  curl ${url}/trpc/system.health \\
    -H "x-skillmeat: 1" \\
    -H "Authorization: Bearer TOKEN"

Mutations are POSTed as application/json. Calls from other sites and hosts are refused.
`;
}
