import { sql, type CompiledQuery, type QueryResult, type RawBuilder } from "kysely";
import type { CacheDb } from "./open.ts";

/** What stands in a query for the values that it is given each time. */
export type Placeholders<Values> = { readonly [Name in keyof Values]: RawBuilder<Values[Name]> };

/**
 * Makes a query whose SQL is made once, and not anew each time: for what each mutation asks, to make the SQL
 * costs more than to run it.
 * @param build makes the query, with placeholders for values by name
 * @returns what runs it with values
 */
export function compiledOnce<Values extends object, Row>(
  build: (db: CacheDb, values: Placeholders<Values>) => CompiledQuery<Row>,
): (db: CacheDb, values: Values) => Promise<QueryResult<Row>> {
  let compiled: CompiledQuery<Row> | undefined;
  return (db, values) => {
    compiled ??= build(db, placeholders<Values>());
    const given = new Map<unknown, unknown>(Object.entries(values));
    const parameters = compiled.parameters.map((value) =>
      value instanceof Placeholder ? given.get(value.name) : value,
    );
    return db.executeQuery<Row>({ ...compiled, parameters });
  };
}

/** The texts of a list that is one value, as JSON: of any length, in one SQL. */
export function listed(list: RawBuilder<string>): RawBuilder<string> {
  return sql<string>`(select value from json_each(${list}))`;
}

/** Stands for a value while a query is compiled. Kysely takes any object for a value, and passes it on as it is. */
class Placeholder {
  readonly name: string | symbol;

  constructor(name: string | symbol) {
    this.name = name;
  }
}

function placeholders<Values>(): Placeholders<Values> {
  return new Proxy(Object.create(null), {
    get: (_, name) => sql`${new Placeholder(name)}`,
  });
}
