import type {
  Entry,
  Filler,
  ListModel,
  Look,
  Row,
  SectionKey,
  SectionModel,
} from "./toml-model.ts";
import { LOOKALIKES } from "./toml-values.ts";

/** Whose a piece of text is; nothing where it is nobody's but the person's. */
export interface Owner {
  readonly section?: SectionKey;
  /** The row's place among those of its section, in the order of the text. */
  readonly row?: number;
  /** Set on a value that may be replaced. */
  readonly field?: string;
}

/** A part of a document that stays as it is, or goes, as a whole. */
export interface Piece extends Owner {
  readonly text: string;
  /** Stands within an inline section. */
  readonly inline?: boolean;
  /** White space and commas of an inline section, which may change with its rows. */
  readonly soft?: boolean;
  /** `updated` may be written behind it. */
  readonly collectionEnd?: boolean;
}

/** A comment that belongs to an item of a list. */
export interface Note extends Owner {
  readonly item: string;
  readonly comment: string;
}

export type PieceWriter = ReturnType<typeof createPieceWriter>;

/** Writes pieces with LF; every comment holds a number of its own. */
export function createPieceWriter() {
  const pieces: Piece[] = [];
  const notes: Note[] = [];
  let count = 0;

  function comment(): string {
    count += 1;
    return `# note ${count} ${LOOKALIKES[count % LOOKALIKES.length] ?? ""}`;
  }

  function piece(text: string, owner: Omit<Piece, "text"> = {}): void {
    if (text !== "") pieces.push({ text, ...owner });
  }

  function fillers(all: readonly Filler[], owner: Omit<Piece, "text"> = {}): void {
    for (const filler of all) {
      if (filler === "comment") piece(`\t${comment()}\n`, owner);
      else piece(filler === "blank" ? "\n" : "  \t\n", owner);
    }
  }

  function header(path: readonly string[], element: boolean, look: Look, owner: Owner): void {
    fillers(look.before);
    const keys = path.map((part) => keyText(part, look.quotes)).join(look.quotes > 1 ? " . " : ".");
    const space = look.quotes > 0 ? " " : "";
    const [open, close] = element ? ["[[", "]]"] : ["[", "]"];
    const end = look.comment ? ` ${comment()}` : "";
    piece(`${look.indent}${open}${space}${keys}${space}${close}${end}\n`, owner);
  }

  /** A key and value on lines of their own; what stands before them is the owner's too. */
  function entry(of: Entry, owner: Owner): void {
    const { field, ...row } = owner;
    fillers(of.look.before, row);
    piece(of.look.indent, row);
    inlineEntry(of, field === undefined ? row : owner);
    piece(of.look.comment ? ` ${comment()}\n` : "\n", row);
  }

  function inlineEntry(of: Entry, owner: Owner, inside: { inline?: boolean } = {}): void {
    const { field, ...row } = owner;
    const keys = of.key.map((part) => keyText(part, of.look.quotes)).join(".");
    piece(keys + of.look.equals, { ...row, ...inside });
    const text = typeof of.value === "string" ? of.value : listText(of.value, owner);
    piece(text, { ...row, ...inside, ...(field === undefined ? {} : { field }) });
  }

  /** An entry of an owned row, whose value may be replaced. */
  function rowEntry(of: Entry, owner: Owner): void {
    entry(of, withField(of, owner));
  }

  function withField(of: Entry, owner: Owner): Owner {
    const [key] = of.key;
    return of.key.length === 1 && key !== undefined ? { ...owner, field: key } : owner;
  }

  function listText(list: ListModel, owner: Owner): string {
    const { items, layout, trailing } = list;
    const texts = items.map((item) => item.text);
    const comma = trailing && items.length > 0 ? "," : "";
    if (layout === "line") return `[${texts.join(", ")}${comma}]`;
    if (layout === "spread") return `[ ${texts.join(" , ")}${comma} ]`;
    const noteOf = (item: string) => {
      const text = comment();
      notes.push({ ...owner, item, comment: text });
      return text;
    };
    const lines = items.map((item, index) => {
      const above = item.above ? `    ${noteOf(item.text)}\n` : "";
      const hasComma = index < items.length - 1 || trailing;
      const between = hasComma && item.between ? ` ${noteOf(item.text)}\n      ` : "";
      const beside = item.beside ? ` ${noteOf(item.text)}` : "";
      return `${above}    ${item.text}${between}${hasComma ? "," : ""}${beside}\n`;
    });
    return `[\n${lines.join("")}]`;
  }

  function inlineSection(key: SectionKey, section: SectionModel): void {
    const { look, rows, lines, trailing } = section;
    const frame = { section: key, inline: true };
    const soft = { ...frame, soft: true };
    fillers(look.before);
    piece(`${look.indent}${keyText(key, look.quotes)}${look.equals}`, frame);
    piece("[", soft);
    rows.forEach((row, index) => {
      const hasComma = index < rows.length - 1 || trailing;
      if (lines) piece("\n", soft);
      if (lines) inlineFillers(row.look.before, frame);
      piece(lines ? row.look.indent : " ", soft);
      inlineRow(row, { section: key, row: index });
      if (lines && hasComma && row.look.quotes === 1) {
        piece(" ", soft);
        piece(comment(), { ...frame, row: index });
        piece("\n", soft);
      }
      if (hasComma) piece(",", soft);
      if (lines && row.look.comment) {
        piece(" ", soft);
        piece(comment(), { ...frame, row: index });
      }
    });
    piece(lines ? "\n" : " ", soft);
    piece("]", soft);
    piece(look.comment ? ` ${comment()}\n` : "\n", frame);
  }

  function inlineFillers(all: readonly Filler[], frame: Omit<Piece, "text">): void {
    for (const filler of all) {
      if (filler === "comment") piece(comment(), frame);
      piece("\n", { ...frame, soft: true });
    }
  }

  function inlineRow(row: Row, owner: Owner): void {
    const own = { ...owner, inline: true };
    piece("{", own);
    row.entries.forEach((of, index) => {
      if (row.spread) piece("\n    ", own);
      else piece(index === 0 ? " " : ", ", own);
      inlineEntry(of, withField(of, owner), { inline: true });
      if (row.spread) piece(of.look.comment ? `, ${comment()}` : ",", own);
    });
    piece(row.spread ? "\n}" : " }", own);
  }

  return {
    pieces,
    notes,
    piece,
    fillers,
    header,
    entry,
    inlineEntry,
    rowEntry,
    inlineSection,
    collectionEnd: () => {
      const last = pieces.pop();
      if (last !== undefined) pieces.push({ ...last, collectionEnd: true });
    },
  };
}

const KEY_QUOTES: readonly ((part: string) => string)[] = [
  (part) => (/^[\w-]+$/.test(part) && !/[^\x00-\x7f]/.test(part) ? part : `"${part}"`),
  (part) => `"${part}"`,
  (part) => `'${part}'`,
  (part) =>
    `"${part.replace(/^[^]/, (first) => `\\U${(first.codePointAt(0) ?? 0).toString(16).padStart(8, "0")}`)}"`,
];

function keyText(part: string, quotes: number): string {
  return KEY_QUOTES[quotes]?.(part) ?? part;
}
