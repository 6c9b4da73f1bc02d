import { makeChange } from "../api/change.ts";
import { client } from "../api/client.ts";
import type { Artifact, Tag } from "../api/queries.ts";
import { changeCached, putCached, refreshAround } from "./cached-artifacts.ts";
import { countOf } from "./count-of.ts";
import { tellDoneTogether } from "./undo-together.ts";
import { visibleText } from "./visible-text.ts";

/**
 * Puts a tag on artifacts, or takes it off them, as one change. Of several, those whose own file holds it keep it;
 * of a single one the server says why it stays.
 */
export async function setTag(
  collection: string,
  artifacts: readonly Artifact[],
  { slug, name }: Pick<Tag, "slug" | "name">,
  on: boolean,
): Promise<void> {
  const concerned = artifacts.filter(({ tags }) => tags.includes(slug) !== on);
  if (concerned.length === 0) return;
  const ids = concerned.map(({ id }) => id);
  const change = on ? { add: [slug] } : { remove: [slug] };
  const isOne = artifacts.length === 1;
  await makeChange({
    collection,
    call: () =>
      isOne
        ? tagOne(collection, ids, change)
        : client.artifacts.tagMany.mutate({ collection, ids, ...change }),
    show: () =>
      changeCached(collection, new Set(ids), (artifact) => ({
        ...artifact,
        tags: on
          ? [...new Set([...artifact.tags, slug])]
          : artifact.tags.filter((each) => each !== slug),
      })),
    settle: (reply) => {
      putCached(collection, reply.artifacts);
      refreshAround(collection, { lists: "narrowed" });
    },
    done: (reply) => {
      const still = reply.artifacts.filter(({ tags }) => tags.includes(slug)).length;
      if (on) return `${named(concerned)} tagged “${visibleText(name)}”`;
      const taken = `“${visibleText(name)}” taken off ${named(concerned)}`;
      if (still === 0) return taken;
      return `${taken}; ${still === 1 ? "1 file says it itself" : `${countOf(still, "file")} say it themselves`}`;
    },
  });
}

/** As `tagMany` does it, and refused where it cannot be done wholly. */
async function tagOne(
  collection: string,
  [id = ""]: readonly string[],
  change: { add: string[] } | { remove: string[] },
) {
  const { artifact, ...reply } = await client.artifacts.setTags.mutate({
    collection,
    id,
    ...change,
  });
  return { ...reply, artifacts: [artifact] };
}

/** Defines a tag and puts it on artifacts; both are undone together. */
export async function createTagOn(
  collection: string,
  artifacts: readonly Artifact[],
  name: string,
): Promise<void> {
  const ids = artifacts.map(({ id }) => id);
  const created = await makeChange({
    collection,
    call: () => client.tags.create.mutate({ collection, name }),
  });
  if (created === null) return;
  const { slug } = created.tag;
  const tagged = await makeChange({
    collection,
    call: () => client.artifacts.tagMany.mutate({ collection, ids, add: [slug] }),
    settle: (reply) => putCached(collection, reply.artifacts),
  });
  refreshAround(collection, { lists: "narrowed" });
  if (tagged === null) return;
  const text = `${named(artifacts)} tagged “${visibleText(created.tag.name)}”, which is new`;
  tellDoneTogether(collection, text, [created.change, tagged.change]);
}

/** How artifacts are called in a message. */
export function named(artifacts: readonly Artifact[]): string {
  const [first] = artifacts;
  return artifacts.length === 1 && first !== undefined
    ? visibleText(first.name)
    : countOf(artifacts.length, "artifact");
}
