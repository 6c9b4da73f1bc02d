import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { tellWrong } from "../ui/toasts.tsx";

/** Puts a text on the clipboard. @param what it is, for those who do not see it */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const [isCopied, setCopied] = useState(false);
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      tellWrong("The browser did not let it be copied", { description: text });
    }
  }
  return (
    <Button
      size="small-icon"
      aria-label={isCopied ? `Copied ${what}` : `Copy ${what}`}
      onClick={() => void copy()}
      onBlur={() => setCopied(false)}
    >
      {isCopied ? <Check className="text-good" /> : <Copy />}
    </Button>
  );
}
