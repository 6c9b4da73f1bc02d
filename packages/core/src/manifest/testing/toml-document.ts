import fc from "fast-check";
import { documentModel, SECTIONS, type DocumentModel, type Entry } from "./toml-model.ts";
import type { SectionKey, SectionModel, SubTable, TableModel } from "./toml-model.ts";
import { createPieceWriter, type Note, type Piece, type PieceWriter } from "./toml-pieces.ts";

/** A manifest, and the pieces that it was put together from. */
export interface GeneratedDocument {
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly notes: readonly Note[];
  /** How a counterexample is shown. */
  readonly [fc.toStringMethod]: () => string;
}

/** Manifests in any form that TOML allows, with their pieces. */
export const generatedDocument: fc.Arbitrary<GeneratedDocument> = documentModel.map(writeDocument);

/** What may stand in any order, and what may stand only behind it. */
interface Unit {
  readonly section: SectionKey | null;
  readonly parts: (() => void)[];
}

function writeDocument(model: DocumentModel): GeneratedDocument {
  const writer = createPieceWriter();
  for (const part of shuffled(rootParts(model, writer), model.order)) part();
  const units = shuffled(tableUnits(model, writer), model.order.toReversed());
  postpone(units, model);
  for (const unit of units) for (const part of unit.parts) part();
  writer.fillers(model.tail);
  return finish(model, writer);
}

/** Sub-tables may stand behind the next unit, if that is none of their own section. */
function postpone(units: readonly Unit[], model: DocumentModel): void {
  const counts = SECTIONS.flatMap((key) => model.sections[key].rows.map((row) => row.postponed));
  // From the last, so that what was put behind a unit goes no further.
  for (let index = units.length - 2; index >= 0; index -= 1) {
    const unit = units[index];
    const next = units[index + 1];
    if (unit === undefined || next === undefined) continue;
    if (unit.section === null || next.section === unit.section) continue;
    const count = Math.min(counts[index % counts.length] ?? 0, unit.parts.length - 1);
    if (count > 0) next.parts.push(...unit.parts.splice(-count));
  }
}

function shuffled<T>(items: readonly T[], order: readonly number[]): T[] {
  return items
    .map((item, index) => ({ item, key: order[index % order.length] ?? 0 }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

function rootParts(model: DocumentModel, writer: PieceWriter): (() => void)[] {
  const parts = model.root.map((entry) => () => writer.entry(entry, {}));
  if (model.collectionForm === "dotted") {
    for (const entry of model.collection) {
      const key = ["collection", ...entry.key];
      parts.push(() => writer.entry({ ...entry, key }, collectionOwner(entry)));
    }
  }
  if (model.collectionForm === "inline") parts.push(() => writeInlineCollection(model, writer));
  for (const key of SECTIONS) {
    const section = model.sections[key];
    if (section.form === "empty" || (section.form === "inline" && section.rows.length === 0)) {
      parts.push(() => writer.inlineSection(key, { ...section, rows: [] }));
    } else if (section.form === "inline") {
      parts.push(() => writer.inlineSection(key, section));
    }
  }
  return parts;
}

function writeInlineCollection(model: DocumentModel, writer: PieceWriter): void {
  writer.piece("collection = { ");
  model.collection.forEach((entry, index) => {
    if (index > 0) writer.piece(", ");
    writer.inlineEntry(entry, collectionOwner(entry));
  });
  writer.piece(" }\n");
}

function collectionOwner(entry: Entry): { field?: string } {
  return entry.key[0] === "updated" ? { field: "updated" } : {};
}

function tableUnits(model: DocumentModel, writer: PieceWriter): Unit[] {
  const units: Unit[] = SECTIONS.flatMap((key) => sectionUnits(key, model.sections[key], writer));
  for (const table of model.tables) {
    units.push({ section: null, parts: [() => writeTable(table, writer)] });
  }
  if (model.collectionForm === "table") {
    const header = model.sections.groups.look;
    const part = () => {
      writer.header(["collection"], false, header, {});
      for (const entry of model.collection) writer.entry(entry, collectionOwner(entry));
      writer.collectionEnd();
    };
    units.push({ section: null, parts: [part] });
  }
  return units;
}

function sectionUnits(key: SectionKey, section: SectionModel, writer: PieceWriter): Unit[] {
  if (section.form !== "table") return [];
  let written = 0;
  return section.rows.map((row) => {
    let index = 0;
    const head = () => {
      index = written++;
      writer.fillers(row.look.before);
      writer.header([key], true, { ...row.look, before: [] }, { section: key, row: index });
      for (const entry of row.entries) writer.rowEntry(entry, { section: key, row: index });
    };
    const subTables = row.subTables.map((table) => () => {
      writer.fillers(table.look.before);
      writeSubTable(key, table, index, writer);
    });
    return { section: key, parts: [head, ...subTables] };
  });
}

function writeSubTable(key: SectionKey, table: SubTable, row: number, writer: PieceWriter): void {
  const owner = { section: key, row };
  writer.header([key, ...table.tail], table.element, { ...table.look, before: [] }, owner);
  for (const entry of table.entries) writer.entry(entry, owner);
}

function writeTable(table: TableModel, writer: PieceWriter): void {
  writer.header(table.path, table.element, table.look, {});
  for (const entry of table.entries) writer.entry(entry, {});
}

function finish(model: DocumentModel, writer: PieceWriter): GeneratedDocument {
  let lines = 0;
  const newline = () => {
    lines += 1;
    return model.newline === "crlf" || (model.newline === "mixed" && lines % 2 === 0)
      ? "\r\n"
      : "\n";
  };
  const pieces = writer.pieces.map((piece) => ({
    ...piece,
    text: piece.text.replaceAll("\n", newline),
  }));
  if (model.bom) pieces.unshift({ text: "\uFEFF" });
  const last = pieces.at(-1);
  if (!model.finalNewline && last !== undefined) {
    pieces[pieces.length - 1] = { ...last, text: last.text.replace(/\r?\n$/, "") };
  }
  const text = pieces.map((piece) => piece.text).join("");
  return { text, pieces, notes: writer.notes, [fc.toStringMethod]: () => JSON.stringify(text) };
}
