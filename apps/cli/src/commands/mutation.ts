import type { WriteOutcome } from "@skillmeat/core";
import type { Output } from "../output/output.ts";

/**
 * Prints what a mutation did: its reply with --json, else one sentence, and a warning where the
 * manifest does not hold it yet.
 */
export function reportSaved(out: Output, reply: WriteOutcome, sentence: string): void {
  out.answer(reply, () => "");
  out.notice(sentence);
  if (!reply.saved) out.warnUnsaved(reply.reason);
}
