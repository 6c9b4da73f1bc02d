import { isSkillmeatError } from "@skillmeat/client";
import { tellWrong } from "../ui/toasts.tsx";

/** Tells what went wrong, and what to do. */
export function tellError(error: unknown): void {
  const { message, hint } = explainError(error);
  tellWrong(message, hint === "" ? {} : { description: hint });
}

/** What went wrong, and what to do, as a person reads it. */
export function explainError(error: unknown): { message: string; hint: string } {
  if (isSkillmeatError(error)) return { message: error.message, hint: error.data.hint };
  return {
    message: "The server did not answer",
    hint: "Nothing was changed that you were not told of. Look whether skillmeat serve is running.",
  };
}

/** What went wrong, and what to do, in one text; where a form says it. */
export function sayError(error: unknown): string {
  const { message, hint } = explainError(error);
  return hint === "" ? message : `${message}. ${hint}`;
}
