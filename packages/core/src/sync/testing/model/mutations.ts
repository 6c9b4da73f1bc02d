import { nameKey } from "../../../schema/text.ts";
import {
  ARTIFACTS,
  carriedOnly,
  IN_FRONTMATTER,
  meaningOf,
  newId,
  type Model,
  type ModelGroup,
  type ModelTag,
} from "./state.ts";

type Fields = { readonly description?: string; readonly color?: string; readonly icon?: string };

/** A call of an operation. What these may hold is not always allowed. */
export type Mutation =
  | ({
      readonly kind: "createGroup";
      readonly name: string;
      readonly members: readonly string[];
      readonly position?: number;
    } & Fields)
  | ({
      readonly kind: "updateGroup";
      readonly group: string;
      readonly name?: string;
      readonly position?: number;
    } & Fields)
  | { readonly kind: "deleteGroup"; readonly group: string }
  | { readonly kind: "reorderGroups"; readonly groups: readonly string[] }
  | {
      readonly kind: "addMembers";
      readonly group: string;
      readonly members: readonly string[];
      readonly at?: number;
    }
  | {
      readonly kind: "removeMembers" | "reorderMembers";
      readonly group: string;
      readonly members: readonly string[];
    }
  | ({ readonly kind: "createTag"; readonly name: string } & Omit<Fields, "icon">)
  | ({
      readonly kind: "updateTag";
      readonly slug: string;
      readonly name?: string;
      readonly newSlug?: string;
    } & Omit<Fields, "icon">)
  | { readonly kind: "deleteTag"; readonly slug: string }
  | {
      readonly kind: "setArtifactTags";
      readonly id: string;
      readonly add: readonly string[];
      readonly remove: readonly string[];
    };

/** A colour that no rule allows. */
export const NO_COLOR = "reddish";

/**
 * Does to the model what a mutation should do to the cache.
 * @returns false where it should be refused; then nothing is changed
 */
export function applyMutation(model: Model, mutation: Mutation): boolean {
  if ("color" in mutation && mutation.color === NO_COLOR) return false;
  if ("name" in mutation && mutation.name?.trim() === "") return false;
  switch (mutation.kind) {
    case "createGroup": {
      const {
        kind: _,
        position,
        members,
        description = "",
        color = "",
        icon = "",
        name,
      } = mutation;
      if (findGroup(model, name) !== undefined) return false;
      const means = once(members.map(meaningOf));
      const group = { id: newId(model), name, description, color, icon, members: means };
      model.groups = model.groups.toSpliced(position ?? model.groups.length, 0, group);
      return true;
    }
    case "updateGroup": {
      const { kind: _, group: ref, position, ...fields } = mutation;
      const group = findGroup(model, ref);
      if (group === undefined) return false;
      const others = model.groups.filter((other) => other !== group);
      const isTaken = others.some(
        ({ name }) => nameKey(name) === nameKey(fields.name ?? group.name),
      );
      if (isTaken) return false;
      const place = position ?? model.groups.indexOf(group);
      model.groups = others.toSpliced(place, 0, { ...group, ...fields });
      return true;
    }
    case "deleteGroup": {
      const group = findGroup(model, mutation.group);
      model.groups = model.groups.filter((other) => other !== group);
      return group !== undefined;
    }
    case "reorderGroups": {
      const named = once(mutation.groups.map((ref) => findGroup(model, ref)));
      const first = named.filter((group) => group !== undefined);
      if (first.length < named.length) return false;
      model.groups = [...first, ...model.groups.filter((group) => !first.includes(group))];
      return true;
    }
    case "addMembers":
      return changeMembers(model, mutation.group, (before) => {
        const added = once(mutation.members.map(meaningOf));
        if (mutation.at === undefined) return once([...before, ...added]);
        return before
          .filter((member) => !added.includes(member))
          .toSpliced(mutation.at, 0, ...added);
      });
    case "removeMembers":
    case "reorderMembers":
      return changeMembers(model, mutation.group, (before) => {
        const named = once(mutation.members.map(meaningOf));
        if (!named.every((member) => before.includes(member))) return null;
        const others = before.filter((member) => !named.includes(member));
        return mutation.kind === "removeMembers" ? others : [...named, ...others];
      });
    case "createTag": {
      const { name, color = "", description = "" } = mutation;
      const slug = nameKey(name).replaceAll(" ", "-");
      if (isNameTaken(model.tags, name) || model.tags.some((tag) => tag.slug === slug))
        return false;
      model.tags = [...model.tags, { id: newId(model), slug, name, color, description }];
      return true;
    }
    case "updateTag":
      return updateTag(model, mutation);
    case "deleteTag": {
      const slug = findTag(model, mutation.slug);
      if (slug === undefined || slug === IN_FRONTMATTER) return false;
      model.tags = model.tags.filter((tag) => tag.slug !== slug);
      mapUses(model, (slugs) => slugs.filter((other) => other !== slug));
      return true;
    }
    case "setArtifactTags": {
      const artifact = ARTIFACTS.find((id) => id === meaningOf(mutation.id));
      if (artifact === undefined) return false;
      const add = once(mutation.add.map((word) => findTag(model, word) ?? word));
      const remove = once(mutation.remove.map((word) => findTag(model, word) ?? word));
      const before = [...(model.uses.get(artifact) ?? [])];
      if (add.some((slug) => remove.includes(slug))) return false;
      if (!remove.every((slug) => before.includes(slug))) return false;
      if (add.length > 0) model.hasRows = true;
      const after = before.filter((slug) => !remove.includes(slug));
      model.uses = new Map(model.uses).set(artifact, new Set([...after, ...add]));
      return true;
    }
  }
}

function updateTag(
  model: Model,
  { slug: ref, newSlug, name, color, description }: Extract<Mutation, { kind: "updateTag" }>,
): boolean {
  const slug = findTag(model, ref);
  if (slug === undefined) return false;
  const defined = model.tags.find((tag) => tag.slug === slug);
  const others = model.tags.filter((tag) => tag !== defined);
  const to = newSlug ?? slug;
  if (name !== undefined && isNameTaken(others, name)) return false;
  const taken = [...others.map((tag) => tag.slug), ...carriedOnly(model)];
  if (to !== slug && taken.includes(to)) return false;
  const before = defined ?? { id: newId(model), slug, name: slug, color: "", description: "" };
  const tag: ModelTag = {
    id: before.id,
    slug: to,
    name: name ?? before.name,
    color: color ?? before.color,
    description: description ?? before.description,
  };
  const place = defined === undefined ? model.tags.length : model.tags.indexOf(defined);
  model.tags = others.toSpliced(place, 0, tag);
  mapUses(model, (slugs) => slugs.map((other) => (other === slug ? to : other)));
  return true;
}

function changeMembers(
  model: Model,
  ref: string,
  change: (before: readonly string[]) => readonly string[] | null,
): boolean {
  const group = findGroup(model, ref);
  const members = group === undefined ? null : change(group.members);
  if (group === undefined || members === null) return false;
  model.groups = model.groups.with(model.groups.indexOf(group), { ...group, members });
  return true;
}

function findGroup({ groups }: Model, name: string): ModelGroup | undefined {
  return groups.find((group) => nameKey(group.name) === nameKey(name));
}

/** The slug of the tag that is meant: by its slug, else by its name, ignoring case. */
function findTag(model: Model, ref: string): string | undefined {
  const slugs = [...model.tags.map((tag) => tag.slug), ...carriedOnly(model)];
  const named = model.tags.find((tag) => nameKey(tag.name) === nameKey(ref));
  return (
    slugs.find((slug) => slug === ref) ?? named?.slug ?? slugs.find((slug) => slug === nameKey(ref))
  );
}

function isNameTaken(tags: readonly ModelTag[], name: string): boolean {
  return tags.some((tag) => nameKey(tag.name) === nameKey(name));
}

function mapUses(model: Model, map: (slugs: readonly string[]) => readonly string[]): void {
  model.uses = new Map(
    [...model.uses].map(([artifact, slugs]) => [artifact, new Set(map([...slugs]))]),
  );
}

function once<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}
