import type { Move } from "../cache/rematch-tags.ts";
import type { CollectionRow, TagRow } from "../cache/tables.ts";
import type { Carrier } from "../cache/tags.ts";
import { SkillmeatError } from "../errors.ts";
import { nameKey } from "../schema/text.ts";
import { commandHint, listed, quoted } from "./suggest.ts";

/** Throws `conflict` where one of these tags bears the name, ignoring case. */
export function refuseTakenName(
  rows: readonly TagRow[],
  name: string,
  collection: CollectionRow,
): void {
  const key = nameKey(name);
  const other = rows.find((row) => row.name_key === key);
  if (other === undefined) return;
  throw new SkillmeatError(
    "conflict",
    `There is already a tag ${quoted(other.name)} in the collection ${quoted(collection.dir)}`,
    commandHint(collection.dir, `tag show ${other.slug}`),
  );
}

/** Throws `conflict` where one of these tags has the slug. */
export function refuseTakenSlug(
  rows: readonly TagRow[],
  slug: string,
  collection: CollectionRow,
): void {
  const other = rows.find((row) => row.slug === slug);
  if (other === undefined) return;
  throw new SkillmeatError(
    "conflict",
    `The slug "${slug}" is taken by the tag ${quoted(other.name)}`,
    commandHint(collection.dir, `tag show ${slug}`),
  );
}

/** Throws `conflict` where frontmatter carries a tag whose slug is to change. */
export function refuseCarriedSlug(carriers: readonly Carrier[], row: TagRow): void {
  const files = carriers.filter((carrier) => carrier.origin === "frontmatter");
  if (files.length === 0) return;
  throw new SkillmeatError(
    "conflict",
    `The slug of ${quoted(row.name)} cannot change: it stands in the frontmatter of ${idsOf(files)}`,
    "Frontmatter is never edited here: change the word in those files first, then refresh",
  );
}

/** Throws `conflict` where a rename would take the tag from words that mean it only by its name. */
export function refuseDetached(moves: readonly Move[], slug: string, row: TagRow): void {
  const lost = moves.filter((move) => move.carrier.slug === slug).map((move) => move.carrier);
  if (lost.length === 0) return;
  throw new SkillmeatError(
    "conflict",
    `${quoted(row.name)} cannot be renamed: the frontmatter of ${idsOf(lost)} carries it by that name`,
    `Frontmatter is never edited here: write "${slug}" in those files first, then refresh`,
  );
}

/** Throws `conflict` where a name would draw to the tag words that mean another tag. */
export function refuseAttracted(moves: readonly Move[], slug: string, name: string): void {
  const drawn = moves.filter((move) => move.to === slug).map((move) => move.carrier);
  const [first] = drawn;
  if (first === undefined) return;
  throw new SkillmeatError(
    "conflict",
    `The name ${quoted(name)} already means the tag "${first.slug}", which ${idsOf(drawn)} carries`,
    "Take another name",
  );
}

/** Throws `invalid-input` for a tag to delete of which nothing is ours. */
export function refuseOnlyInFiles(
  carriers: readonly Carrier[],
  row: TagRow,
  collection: CollectionRow,
): void {
  if (row.defined === 1 || carriers.some((carrier) => carrier.origin === "manifest")) return;
  throw new SkillmeatError(
    "invalid-input",
    `The tag ${quoted(row.name)} stands only in the frontmatter of ${idsOf(carriers)}, which is never edited here`,
    commandHint(collection.dir, `artifact list --tag ${row.slug}`),
  );
}

function idsOf(carriers: readonly Carrier[]): string {
  return listed([...new Set(carriers.map((carrier) => `${carrier.type}:${carrier.name}`))]);
}
