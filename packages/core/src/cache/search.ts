import { sql, type ExpressionBuilder, type ExpressionWrapper, type SqlBool } from "kysely";
import { nameKey } from "../schema/text.ts";
import { listed } from "./compiled.ts";
import type { CacheDb } from "./open.ts";
import type { ArtifactRow, Tables } from "./tables.ts";

/** A search for the artifacts whose name, title, description or one of whose tags holds a text, ignoring case. */
export interface Search {
  /**
   * What SQL can tell: true of every artifact that is looked for, and of some others. Null where SQL can tell nothing.
   * @param isNarrow whether other conditions leave few artifacts
   */
  condition(isNarrow: boolean): ArtifactCondition | null;
  /** Those of some rows that are looked for. */
  filter(rows: readonly ArtifactRow[]): Promise<ArtifactRow[]>;
}

type ArtifactCondition = (
  eb: ExpressionBuilder<Tables, "artifacts">,
) => ExpressionWrapper<Tables, "artifacts", SqlBool>;

/** Makes the search for a text in a collection. */
export async function createSearch(
  db: CacheDb,
  collectionId: number,
  search: string,
): Promise<Search> {
  const wanted = nameKey(search.trim());
  const pattern = likePattern(wanted);
  const holds = (text: string) => nameKey(text).includes(wanted);
  let query = db
    .selectFrom("tags")
    .select(["slug", "name"])
    .where("collection_id", "=", collectionId);
  if (pattern !== null) {
    query = query.where(({ or }) => or([like("slug", pattern), like("name", pattern)]));
  }
  const tags = (await query.execute()).filter((tag) => holds(tag.slug) || holds(tag.name));
  const slugs = sql<string>`${JSON.stringify(tags.map((tag) => tag.slug))}`;

  /** Of artifacts by id, those that carry such a tag. */
  async function carriers(ids: readonly number[]): Promise<ReadonlySet<number>> {
    if (ids.length === 0 || tags.length === 0) return new Set();
    const asked = sql<number>`(select value from json_each(${JSON.stringify(ids)}))`;
    const rows = await db
      .selectFrom("artifact_tags")
      .select("artifact_id")
      .where("artifact_id", "in", asked)
      .where("slug", "in", listed(slugs))
      .execute();
    return new Set(rows.map((row) => row.artifact_id));
  }

  return {
    condition(isNarrow) {
      if (pattern === null) return null;
      return (eb) => {
        // To list all carriers, or the tags of each artifact: whichever is less. The plus keeps SQLite from asking
        // the index of slugs for each of them in turn.
        const carried = eb.selectFrom("artifact_tags");
        const isCarrier = isNarrow
          ? eb.exists(
              carried
                .select("slug")
                .whereRef("artifact_id", "=", "artifacts.id")
                .where(sql<string>`+slug`, "in", listed(slugs)),
            )
          : eb(
              "artifacts.id",
              "in",
              carried.select("artifact_id").where("slug", "in", listed(slugs)),
            );
        return eb.or([
          like("artifacts.name", pattern),
          like("artifacts.title", pattern),
          like("artifacts.description", pattern),
          ...(tags.length === 0 ? [] : [isCarrier]),
        ]);
      };
    },
    async filter(rows) {
      const isIn = (row: ArtifactRow) =>
        holds(row.name) || holds(row.title) || holds(row.description);
      const others = rows.filter((row) => !isIn(row)).map((row) => row.id);
      const tagged = await carriers(others);
      const left = new Set(others.filter((id) => !tagged.has(id)));
      return rows.filter((row) => !left.has(row.id));
    },
  };
}

function like(column: string, pattern: string) {
  return sql<SqlBool>`${sql.ref(column)} like ${pattern} escape '\\'`;
}

/** SQLite refuses patterns of more than 50,000 bytes. */
const MAX_PATTERN = 10_000;

/**
 * The pattern of SQLite's LIKE that every text matches whose key holds another key. LIKE ignores the case of a-z alone,
 * and knows no composition: a text beyond ASCII has no such pattern. Of characters beyond ASCII there are four whose
 * keys have one that is in it, so that any character has to do for those.
 * @returns null where there is none
 */
export function likePattern(key: string): string | null {
  if (!/^[\x01-\x7f]*$/.test(key) || key.length > MAX_PATTERN) return null;
  return `%${key.replace(/[\\%_]/g, "\\$&").replace(/[ik;`]/g, "_")}%`;
}
