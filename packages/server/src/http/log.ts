import { pino, type Logger } from "pino";

/**
 * A log of JSON lines on stderr; stdout is for data.
 * @param level the least that is logged
 */
export function createLog(level: "info" | "warn" | "silent" = "info"): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
}
