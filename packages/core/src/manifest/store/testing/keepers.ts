import type { Keeper } from "../replace-file.ts";

/** For where no other program saves anything: what there is to keep fails the test. */
export const nothingToKeep: Keeper = {
  file: () => Promise.reject(new Error("nothing of another program was displaced")),
  text: () => Promise.reject(new Error("nothing of another program was displaced")),
  late: (file) => void file.release(),
};
