/** Whether a title says more than the name: `Code review` does not say more than `code-review`. */
export function saysMore(title: string, name: string): boolean {
  return title !== "" && lettersOf(title) !== lettersOf(name);
}

function lettersOf(text: string): string {
  return text
    .normalize("NFC")
    .toLowerCase()
    .replaceAll(/[\s_.:-]+/g, "");
}
