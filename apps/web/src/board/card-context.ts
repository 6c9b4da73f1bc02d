import { createContext, useContext } from "react";
import type { Artifact, Group } from "../api/queries.ts";
import type { TagIndex } from "../artifacts/tag-mark.tsx";
import type { CardFilter } from "./board-filter.ts";

/** What cards show besides their names, and which of them are shown. */
export interface CardKnowledge {
  readonly index: ReadonlyMap<string, Artifact>;
  readonly tags: TagIndex;
  readonly filter: CardFilter | null;
  readonly groups: ReadonlyMap<string, Group>;
  /** The artifact whose details are open. */
  readonly openId: string | undefined;
}

export const CardContext = createContext<CardKnowledge>({
  index: new Map(),
  tags: new Map(),
  filter: null,
  groups: new Map(),
  openId: undefined,
});

export function useCardKnowledge(): CardKnowledge {
  return useContext(CardContext);
}
