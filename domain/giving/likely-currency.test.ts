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

describe("the currency that is offered first", () => {
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
  ])("with a clock in %s and the languages %j it is %s", (zone, languages, expected) => {
    expect(likely(zone, languages)).toBe(expected);
  });

  test("is never one that the newsroom does not take", () => {
    expect(likely("Europe/Berlin", ["de"], ["USD"])).toBeNull();
  });
});
