import type { SkillmeatClient } from "@skillmeat/client";

/** A mutation of the collection `default`, as data: it can be sent to another process, and be replayed. */
export type Mutation =
  | { kind: "group create"; name: string; description: string; members: string[] }
  | { kind: "group update"; group: string; name: string; description: string; color: string }
  | { kind: "group delete"; group: string }
  | { kind: "group copy"; group: string; name: string }
  | { kind: "group reorder"; groups: string[] }
  | { kind: "group add"; group: string; member: string; at: number }
  | { kind: "group remove"; group: string; member: string }
  | { kind: "group order"; group: string; members: string[] }
  | { kind: "tag create"; name: string; slug: string; color: string }
  | { kind: "tag update"; slug: string; name: string; color: string }
  | { kind: "tag delete"; slug: string }
  | { kind: "artifact tag"; id: string; slug: string }
  | { kind: "artifact untag"; id: string; slug: string }
  | { kind: "artifact add"; path: string; name: string }
  | { kind: "artifact remove"; id: string }
  | { kind: "collection update"; displayName: string };

/** What became of a mutation: its reply, or the error that it ended with. */
export type Reply =
  | { readonly saved: boolean; readonly reason: string | null }
  | { readonly code: string; readonly message: string };

/** Runs a mutation; never throws. */
export type Perform = (mutation: Mutation) => Promise<Reply>;

/** Sends a mutation to a server, or to this process's own home. */
export function send(
  { artifacts, collections, groups, tags }: SkillmeatClient,
  mutation: Mutation,
): Promise<{ readonly saved: boolean; readonly reason: string | null }> {
  switch (mutation.kind) {
    case "group create":
      return groups.create.mutate(mutation);
    case "group update":
      return groups.update.mutate(mutation);
    case "group delete":
      return groups.delete.mutate(mutation);
    case "group copy":
      return groups.copy.mutate({ group: mutation.group, to: "default", as: mutation.name });
    case "group reorder":
      return groups.reorder.mutate(mutation);
    case "group add":
      return groups.addMembers.mutate({
        group: mutation.group,
        members: [mutation.member],
        at: mutation.at,
      });
    case "group remove":
      return groups.removeMembers.mutate({ group: mutation.group, members: [mutation.member] });
    case "group order":
      return groups.reorderMembers.mutate(mutation);
    case "tag create":
      return tags.create.mutate(mutation);
    case "tag update":
      return tags.update.mutate(mutation);
    case "tag delete":
      return tags.delete.mutate(mutation);
    case "artifact tag":
      return artifacts.setTags.mutate({ id: mutation.id, add: [mutation.slug] });
    case "artifact untag":
      return artifacts.setTags.mutate({ id: mutation.id, remove: [mutation.slug] });
    case "artifact add":
      return artifacts.add.mutate({ paths: [mutation.path], name: mutation.name });
    case "artifact remove":
      return artifacts.remove.mutate(mutation);
    case "collection update":
      return collections.update.mutate(mutation);
  }
}

/** The command line of a mutation. */
export function commandOf(mutation: Mutation): string[] {
  const command = mutation.kind.split(" ");
  switch (mutation.kind) {
    case "group create": {
      const members = mutation.members.flatMap((member) => ["--member", member]);
      return [...command, mutation.name, "--description", mutation.description, ...members];
    }
    case "group update": {
      const { group, name, description, color } = mutation;
      const fields = ["--name", name, "--description", description, "--color", color];
      return [...command, group, ...fields];
    }
    case "group delete":
      return [...command, mutation.group];
    case "group copy":
      return [...command, mutation.group, "--to", "default", "--as", mutation.name];
    case "group reorder":
      return [...command, ...mutation.groups];
    case "group add":
      return [...command, mutation.group, mutation.member, "--at", String(mutation.at)];
    case "group remove":
      return [...command, mutation.group, mutation.member];
    case "group order":
      return [...command, mutation.group, ...mutation.members];
    case "tag create":
      return [...command, mutation.name, "--slug", mutation.slug, "--color", mutation.color];
    case "tag update":
      return [...command, mutation.slug, "--name", mutation.name, "--color", mutation.color];
    case "tag delete":
      return [...command, mutation.slug];
    case "artifact tag":
    case "artifact untag":
      return [...command, mutation.id, mutation.slug];
    case "artifact add":
      return [...command, mutation.path, "--name", mutation.name];
    case "artifact remove":
      return [...command, mutation.id];
    case "collection update":
      return [...command, "default", "--display-name", mutation.displayName];
  }
}
