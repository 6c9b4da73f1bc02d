import type { Artifact } from "../api/queries.ts";
import type { Card } from "./cards.ts";

const NAME = 36;
const LINE = 18;
const TAGS = 25;

/** What a card shows below its name. */
export interface CardLines {
  readonly text: string;
  readonly hasTags: boolean;
}

const NO_FILE = "No file answers to this name";

/** What a card shows below its name; a line is kept for what is not known yet. */
export function linesOf(card: Card, artifact: Artifact | undefined): CardLines {
  if (card.artifactId === null) return { text: NO_FILE, hasTags: false };
  if (artifact === undefined) return { text: "\u00A0", hasTags: false };
  const { title, description, name, missing, tags } = artifact;
  const own = description !== "" ? description : title === name ? "" : title;
  return { text: missing && own === "" ? NO_FILE : own, hasTags: tags.length > 0 };
}

/** How high a card is, so that nothing has to be measured. */
export function heightOf(card: Card | undefined, index: ReadonlyMap<string, Artifact>): number {
  if (card === undefined) return NAME;
  const artifact = card.artifactId === null ? undefined : index.get(card.artifactId);
  const { text, hasTags } = linesOf(card, artifact);
  return NAME + (text === "" ? 0 : LINE) + (hasTags ? TAGS : 0);
}
