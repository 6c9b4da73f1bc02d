import {
  Archive,
  Bell,
  BookOpen,
  Bot,
  Box,
  Brain,
  Briefcase,
  Bug,
  Calendar,
  ChartLine,
  Cloud,
  Code,
  Compass,
  Cpu,
  Database,
  FileText,
  FlaskConical,
  Folder,
  FolderOpen,
  Gauge,
  GitBranch,
  Globe,
  Hammer,
  Heart,
  House,
  Image,
  Key,
  Layers,
  LifeBuoy,
  Lock,
  Mail,
  MessageSquare,
  Palette,
  Pencil,
  Plug,
  Rocket,
  Search,
  Server,
  Settings,
  Shapes,
  Shield,
  Sparkles,
  Star,
  Terminal,
  Users,
  Workflow,
  Wrench,
  Zap,
  type LucideIcon,
} from "lucide-react";
import { memo } from "react";
import { classes } from "../ui/classes.ts";
import { cssColorOf } from "../ui/colors.ts";

/** The icons to choose from, by the names that Lucide gives them. */
export const GROUP_ICONS: ReadonlyMap<string, LucideIcon> = new Map([
  ["folder", Folder],
  ["folder-open", FolderOpen],
  ["archive", Archive],
  ["box", Box],
  ["layers", Layers],
  ["briefcase", Briefcase],
  ["book-open", BookOpen],
  ["file-text", FileText],
  ["pencil", Pencil],
  ["code", Code],
  ["terminal", Terminal],
  ["git-branch", GitBranch],
  ["bug", Bug],
  ["flask-conical", FlaskConical],
  ["database", Database],
  ["server", Server],
  ["cloud", Cloud],
  ["cpu", Cpu],
  ["globe", Globe],
  ["plug", Plug],
  ["workflow", Workflow],
  ["bot", Bot],
  ["brain", Brain],
  ["sparkles", Sparkles],
  ["zap", Zap],
  ["rocket", Rocket],
  ["shield", Shield],
  ["lock", Lock],
  ["key", Key],
  ["search", Search],
  ["compass", Compass],
  ["gauge", Gauge],
  ["chart-line", ChartLine],
  ["calendar", Calendar],
  ["bell", Bell],
  ["mail", Mail],
  ["message-square", MessageSquare],
  ["users", Users],
  ["life-buoy", LifeBuoy],
  ["heart", Heart],
  ["star", Star],
  ["house", House],
  ["image", Image],
  ["palette", Palette],
  ["settings", Settings],
  ["wrench", Wrench],
  ["hammer", Hammer],
]);

/** A group's icon in its colour. Any name but those above has one icon, and none is a dot. */
export const GroupIcon = memo(function GroupIcon({
  icon,
  color,
}: {
  readonly icon: string;
  readonly color: string;
}) {
  const shade = cssColorOf(color);
  const Icon = icon === "" ? null : (GROUP_ICONS.get(icon) ?? Shapes);
  return (
    <span
      aria-hidden
      className={classes(
        "flex size-6 shrink-0 items-center justify-center rounded-md [&_svg]:size-4",
        shade === null && "bg-line text-ink-soft",
      )}
      style={
        shade === null
          ? undefined
          : {
              backgroundColor: `color-mix(in oklab, ${shade} 20%, var(--surface))`,
              color: `color-mix(in oklab, ${shade} 60%, var(--ink))`,
            }
      }
    >
      {Icon === null ? (
        <span
          className="size-2 rounded-full bg-current"
          style={shade === null ? undefined : { backgroundColor: shade }}
        />
      ) : (
        <Icon />
      )}
    </span>
  );
});
