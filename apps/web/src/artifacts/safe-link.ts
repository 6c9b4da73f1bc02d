const SCHEMES = ["http:", "https:", "mailto:"];

/**
 * An address of a file as one that may be opened.
 * @returns null for what is none of the web or of mail, such as `javascript:` or a path
 */
export function safeLink(address: string | undefined): string | null {
  if (address === undefined || !URL.canParse(address)) return null;
  const url = new URL(address);
  return SCHEMES.includes(url.protocol) ? url.href : null;
}
