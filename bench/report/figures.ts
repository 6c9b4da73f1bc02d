import type { Target, Unit, Verdict } from "../support/result.ts";

/** A time or an amount with three digits and the unit that suits it. */
export function showAmount(amount: number, unit: Unit): string {
  if (unit === "ms" && amount >= 1_000) return `${digits(amount / 1_000)} s`;
  return `${digits(amount)} ${unit}`;
}

/** A size in bytes. */
export function showBytes(bytes: number): string {
  return bytes < 1e6 ? `${digits(bytes / 1e3, 2)} KB` : `${digits(bytes / 1e6, 2)} MB`;
}

/** How often a second. */
export function showRate(rate: number): string {
  return digits(rate, 2);
}

/** What was held against the target. */
export function showValue({ value }: Verdict, { kind }: Target, unit: Unit): string {
  if (kind === "limit") return showAmount(value, unit);
  return kind === "faster" ? `${digits(value)}× faster` : `${digits(value)}×`;
}

/** What was aimed at; empty where nothing was. */
export function showTarget({ kind, figure }: Target, unit: Unit): string {
  if (figure === null) return "";
  if (kind === "limit") return `≤ ${showAmount(figure, unit)}`;
  return kind === "faster" ? `≥ ${figure}× faster` : `≤ ${figure}×`;
}

export function showMet({ met }: Verdict): string {
  if (met === null) return "";
  return met ? "met" : "not met";
}

/** The first digits that matter, but never an exponent. */
function digits(value: number, count = 3): string {
  const whole = Math.round(value);
  return Math.abs(value) >= 10 ** (count - 1) ? String(whole) : value.toPrecision(count);
}
