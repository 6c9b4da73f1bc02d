import type { ArtifactType } from "@skillmeat/core/schema";
import {
  Bot,
  Box,
  Plug,
  Sparkles,
  SquareTerminal,
  Webhook,
  Workflow,
  type LucideIcon,
} from "lucide-react";
import { memo } from "react";

/** The types that have a folder of their own. Another word is carried along, with an icon for all such. */
export const TYPES: readonly ArtifactType[] = [
  "skill",
  "command",
  "agent",
  "hook",
  "mcp",
  "workflow",
];

const ICONS: Readonly<Record<ArtifactType, LucideIcon>> = {
  skill: Sparkles,
  command: SquareTerminal,
  agent: Bot,
  hook: Webhook,
  mcp: Plug,
  workflow: Workflow,
};

/** The type that a word names; undefined where it is one of somebody's own. */
export function typeOf(word: string): ArtifactType | undefined {
  return TYPES.find((type) => type === word);
}

/** The icon of a type of artifacts; what it means stands beside it or in its title. */
export const TypeIcon = memo(function TypeIcon({
  type,
  className,
}: {
  readonly type: string;
  readonly className?: string;
}) {
  const known = typeOf(type);
  const Icon = known === undefined ? Box : ICONS[known];
  return <Icon aria-hidden className={className} />;
});
