import type { RouterOutputs } from "@skillmeat/client";
import { makeChange } from "../api/change.ts";
import { client, queryClient, trpc } from "../api/client.ts";
import type { Tag } from "../api/queries.ts";
import { visibleText } from "../artifacts/visible-text.ts";
import { plural } from "../file/plural.ts";

type TagList = RouterOutputs["tags"]["list"];

/** What a person may change of a tag, besides its slug. */
export type TagFields = Partial<Pick<Tag, "name" | "description" | "color">>;

/** What a new tag is made of. */
export type NewTag = Pick<Tag, "name" | "description" | "color">;

/** Makes a tag. @param refused told why not @returns it; null where it was refused */
export async function createTag(
  collection: string,
  fields: NewTag,
  refused: (error: unknown) => void,
): Promise<Tag | null> {
  const reply = await makeChange({
    collection,
    call: () => client.tags.create.mutate({ collection, ...fields }),
    settle({ tag }) {
      changeTags(collection, (tags) => [...tags.filter(({ slug }) => slug !== tag.slug), tag]);
      // It may have drawn words to it that were another tag.
      askTags(collection);
      noteTagsChanged();
    },
    done: ({ tag }) => `Created the tag “${visibleText(tag.name)}”`,
    refused,
  });
  return reply?.tag ?? null;
}

/** Changes a tag's name, description or colour, which defines it. */
export async function changeTag(
  collection: string,
  { slug }: Tag,
  fields: TagFields,
): Promise<void> {
  await makeChange({
    collection,
    call: () => client.tags.update.mutate({ collection, slug, ...fields }),
    show: () => showTag(collection, slug, { ...fields, defined: true }),
    settle({ tag }) {
      // Of what was not asked for here, another change that is under way may show more than this reply.
      const { artifactCount } = tag;
      showTag(collection, slug, { ...asked(tag, fields), defined: true, artifactCount });
      noteTagsChanged();
    },
  });
}

/** Makes a tag that stands in files alone one with a definition. */
export async function defineTag(collection: string, tag: Tag): Promise<void> {
  await makeChange({
    collection,
    call: () => client.tags.update.mutate({ collection, slug: tag.slug }),
    show: () => showTag(collection, tag.slug, { defined: true }),
    settle: noteTagsChanged,
    done: () => `Defined the tag “${visibleText(tag.name)}”`,
  });
}

/** Gives a tag another slug. @returns whether it was done */
export async function changeSlug(
  collection: string,
  { slug, name }: Tag,
  newSlug: string,
  refused: (error: unknown) => void,
): Promise<boolean> {
  const reply = await makeChange({
    collection,
    call: () => client.tags.update.mutate({ collection, slug, newSlug }),
    settle({ tag }) {
      changeTags(collection, (tags) => tags.map((each) => (each.slug === slug ? tag : each)));
      askTags(collection);
      noteTagsChanged();
    },
    done: () => `The slug of “${visibleText(name)}” is ${newSlug} now`,
    refused,
  });
  return reply !== null;
}

/** Deletes a tag, and says who carries it still; one button takes it back. */
export async function deleteTag(collection: string, tag: Tag): Promise<void> {
  await makeChange({
    collection,
    call: () => client.tags.delete.mutate({ collection, slug: tag.slug }),
    show() {
      const at = readTags(collection).findIndex(({ slug }) => slug === tag.slug);
      changeTags(collection, (tags) => tags.filter(({ slug }) => slug !== tag.slug));
      return () => changeTags(collection, (tags) => tags.toSpliced(at, 0, tag));
    },
    settle() {
      // What files carry comes back as a tag without a definition.
      askTags(collection);
      noteTagsChanged();
    },
    done: ({ stillCarriedBy }) => saidOfDeleted(tag, stillCarriedBy),
  });
}

function saidOfDeleted({ name, artifactCount }: Tag, still: number): string {
  const off = artifactCount - still;
  const parts = [
    `Deleted the tag “${visibleText(name)}”`,
    ...(off > 0 ? [`taken off ${plural(off, "artifact")}`] : []),
    ...(still > 0
      ? [`${plural(still, "artifact")} still ${still === 1 ? "carries" : "carry"} it`]
      : []),
  ];
  return parts.join("; ");
}

/** The fields of a tag that a change names. */
function asked({ name, description, color }: Tag, fields: TagFields): TagFields {
  return {
    ...(fields.name === undefined ? {} : { name }),
    ...(fields.description === undefined ? {} : { description }),
    ...(fields.color === undefined ? {} : { color }),
  };
}

/** Shows a tag with other fields. @returns what takes that back */
function showTag(collection: string, slug: string, fields: Partial<Tag>): () => void {
  const before = readTags(collection).find((tag) => tag.slug === slug);
  const put = (patch: Partial<Tag>) =>
    changeTags(collection, (tags) =>
      tags.map((tag) => (tag.slug === slug ? { ...tag, ...patch } : tag)),
    );
  put(fields);
  return () => {
    if (before !== undefined) put(before);
  };
}

function readTags(collection: string): readonly Tag[] {
  return queryClient.getQueryData(trpc.tags.list.queryKey({ collection }))?.items ?? [];
}

function changeTags(collection: string, change: (tags: readonly Tag[]) => readonly Tag[]): void {
  const key = trpc.tags.list.queryKey({ collection });
  queryClient.setQueryData<TagList>(key, (old) =>
    old === undefined ? old : { ...old, items: [...change(old.items)] },
  );
}

function askTags(collection: string): void {
  void queryClient.invalidateQueries(trpc.tags.list.queryFilter({ collection }));
}

/** What shows tags elsewhere asks for them anew; what is not looked at does once it is. */
function noteTagsChanged(): void {
  void queryClient.invalidateQueries(trpc.artifacts.pathFilter());
  void queryClient.invalidateQueries(trpc.history.list.pathFilter());
  void queryClient.invalidateQueries(trpc.collections.pathFilter());
}
