import { describe, expect, it } from "vitest";
import { nearest } from "./nearest.ts";

describe("nearest", () => {
  it("finds a slip of the keyboard, ignoring case", () => {
    expect(nearest("bakend", ["frontend", "Backend", "back"])).toBe("Backend");
    expect(nearest("pdg", ["docx", "pdf"])).toBe("pdf");
    expect(nearest("pd", ["pdf", "docx"])).toBe("pdf");
    expect(nearest("AUTH", ["auth"])).toBe("auth");
  });

  it("counts two swapped letters as one slip", () => {
    expect(nearest("Auht", ["Docs", "Auth"])).toBe("Auth");
    expect(nearest("pfd", ["pdf", "docx"])).toBe("pdf");
    expect(nearest("skill:pfd", ["pdf", "skill:pdf"])).toBe("skill:pdf");
    expect(nearest("fdp", ["pdf"])).toBeNull();
  });

  it("guesses nothing where nothing is near, nor for a long text", () => {
    expect(nearest("zzz", ["alpha", "beta"])).toBeNull();
    expect(nearest("x", [])).toBeNull();
    expect(nearest("x", ["y"])).toBeNull();
    expect(nearest("", ["y"])).toBeNull();
    expect(nearest("x".repeat(1e6), ["x"])).toBeNull();
  });
});
