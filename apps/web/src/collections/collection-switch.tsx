import { Link } from "@tanstack/react-router";
import { ChevronsUpDown } from "lucide-react";
import { lazy } from "react";
import { useCollections } from "../api/queries.ts";
import { visibleText } from "../artifacts/visible-text.ts";
import { Button, buttonLook } from "../ui/button.tsx";
import { Opener } from "../ui/opener.tsx";

const load = () => import("./switch-menu.tsx");
const SwitchMenu = lazy(async () => ({ default: (await load()).SwitchMenu }));

/** The collection that is looked at, and the way to others. */
export function CollectionSwitch({ collection }: { readonly collection: string | undefined }) {
  const { data } = useCollections();
  const current = data?.items.find(({ name }) => name === collection);
  const shown = visibleText(current?.displayName ?? collection ?? "");
  if (collection === undefined) {
    return (
      <Link to="/" className={buttonLook({})}>
        <Logo />
        <span className="font-semibold text-ink">SkillMeat</span>
      </Link>
    );
  }
  const button = (
    <Button
      className="max-w-56 min-w-0 px-2 text-ink"
      aria-label={`${shown}: switch the collection`}
    >
      <Logo />
      <bdi className="truncate font-semibold">{shown}</bdi>
      <ChevronsUpDown className="text-ink-faint" />
    </Button>
  );
  return (
    <Opener button={button} popup="menu" load={load}>
      {(opened) => <SwitchMenu {...opened} collection={collection} />}
    </Opener>
  );
}

function Logo() {
  return <img src="/icon.svg" alt="" className="size-6 shrink-0 rounded-md" />;
}
