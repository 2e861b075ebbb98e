/** Scripts that are written from right to left, as ISO 15924 codes. */
const RIGHT_TO_LEFT = new Set(["Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"]);

export type TextDirection = "ltr" | "rtl";

export function directionOf(locale: string): TextDirection {
  const script = new Intl.Locale(locale).maximize().script;
  return script !== undefined && RIGHT_TO_LEFT.has(script) ? "rtl" : "ltr";
}
