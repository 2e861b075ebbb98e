import { describe, expect, test } from "vitest";
import type { Currency } from "../money";
import { likelyCurrency } from "./likely-currency";

const OFFERED: Currency[] = ["USD", "EUR", "GBP", "JPY", "KWD"];
const ZONES: Record<string, string[]> = {
  US: ["America/New_York"],
  DE: ["Europe/Berlin"],
  GB: ["Europe/London"],
  JP: ["Asia/Tokyo"],
};
const likely = (timeZone: string, languages: string[], offered = OFFERED) =>
  likelyCurrency(offered, { timeZone, languages, zonesOf: (region) => ZONES[region] ?? [] });

describe("the likely currency", () => {
  test.each<[zone: string, languages: string[], Currency | null]>([
    ["Europe/Berlin", ["en-US"], "EUR"],
    ["Asia/Tokyo", ["en-GB", "ja"], "JPY"],
    ["Europe/Moscow", ["ru"], null],
    ["Europe/Moscow", ["ru", "de"], "EUR"],
    ["Europe/Moscow", ["en-GB", "de"], "GBP"],
    ["UTC", ["en"], "USD"],
    ["UTC", ["ar-KW"], "KWD"],
    ["UTC", ["de-CH"], null],
    ["UTC", [], null],
    ["UTC", ["en-US@posix"], "USD"],
    ["UTC", ["C", "", "x", "de_DE", "en-GB"], "GBP"],
  ])("in the time zone %s with the languages %j is %s", (zone, languages, expected) => {
    expect(likely(zone, languages)).toBe(expected);
  });

  test("is never a currency that the newsroom does not accept", () => {
    expect(likely("Europe/Berlin", ["de"], ["USD"])).toBeNull();
  });
});
