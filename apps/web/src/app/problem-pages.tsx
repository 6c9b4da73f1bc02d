import { Link } from "@tanstack/react-router";
import { CircleAlert, Compass, KeyRound } from "lucide-react";
import { explainError } from "../api/errors.ts";
import { isRefusal } from "../api/reconnect.ts";
import { Button, buttonLook } from "../ui/button.tsx";
import { Command, Empty } from "../ui/empty.tsx";

/** What stands where nothing is. */
export function NotFoundPage() {
  return (
    <Empty
      isPage
      icon={<Compass />}
      title="There is nothing here"
      actions={
        <Link to="/" className={buttonLook({ look: "outline" })}>
          To the board
        </Link>
      }
    >
      The address may be mistyped, or what it named was renamed.
    </Empty>
  );
}

/** What stands in the place of a page that could not be shown. */
export function CrashPage({ error }: { readonly error: unknown }) {
  const { message, hint } = explainError(error);
  // What stands over the page says it.
  if (isRefusal(error)) return null;
  return (
    <Empty
      isPage
      icon={<CircleAlert />}
      title={message}
      actions={
        <Button look="outline" onClick={() => location.reload()}>
          Load the page anew
        </Button>
      }
    >
      {hint}
    </Empty>
  );
}

/** What stands over a page whose browser the server does not know. It goes on by itself once it does. */
export function RefusedPage() {
  return (
    <Empty isPage icon={<KeyRound />} title="Open the address that skillmeat serve printed">
      <p>
        The server does not know this browser. That address, in this browser, is what lets it in;
        this page then goes on by itself, and nothing on it is lost.
      </p>
      <p className="mt-3">
        It stands in the terminal in which the server runs, behind <b>Open</b>. To have a new one,
        stop the server with Ctrl-C and start it again:
      </p>
      <p className="mt-2">
        <Command>skillmeat serve</Command>
      </p>
    </Empty>
  );
}
