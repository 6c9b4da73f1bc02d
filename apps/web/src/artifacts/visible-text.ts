/** What turns the direction of text that follows, and has no look of its own. */
const TURNS = /[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
const CONTROLS = /[\0-\x1F\x7F]/g;
const OTHER_CONTROLS = /[\x80-\x9F]/g;
/** Where Unicode has a picture of each control character. */
const PICTURES = 0x24_00;
const DELETE = 0x7f;

/**
 * A text of a file as one line that shows what it holds: control characters as their pictures, and none that
 * would turn the direction of what stands beside it.
 */
export function visibleText(text: string): string {
  return text
    .replaceAll(/[\t\n\r]+/g, " ")
    .replaceAll(TURNS, "")
    .replaceAll(CONTROLS, pictureOf)
    .replaceAll(OTHER_CONTROLS, "\u{FFFD}");
}

function pictureOf(control: string): string {
  const code = control.charCodeAt(0);
  return code === DELETE ? "\u2421" : String.fromCharCode(PICTURES + code);
}
