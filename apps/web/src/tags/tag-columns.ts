/**
 * Where what is known of a tag stands: columns where there is room for them; else a card, with what is longest
 * below the rest.
 */
export const COLUMNS =
  "grid grid-cols-[2rem_minmax(0,1fr)_auto_2rem] items-start gap-x-2 @3xl:grid-cols-[2rem_minmax(9rem,1.1fr)_minmax(6rem,0.9fr)_minmax(10rem,2fr)_6.5rem_2rem] @3xl:gap-x-3";
