// The tests read the PDF with another library than the one that writes it.
import { readFileSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import { expect, test } from "vitest";
import { isStripeCurrency } from "../../domain/currencies";
import { formatMoney } from "../../domain/money";
import type { DocumentContent, DocumentTable } from "../../domain/supporters/document-content";
import { publication } from "../../publication";
import { pdfTableRows, pdfTexts, readPdf } from "../testing/read-pdf";
import { type FontFace, isDrawable, loadDocumentFonts, splitByFont } from "./fonts";
import { documentAsPdf, type PaperSize } from "./pdf";

const table = (rows: number): DocumentTable => ({
  id: "RUB",
  title: "Российский рубль (RUB)",
  note: "Пояснение к таблице.",
  columns: ["День", "Что", "Номер", "Сумма"],
  rows: Array.from({ length: rows }, (_, index) => ({
    id: String(index),
    cells: [
      `${index + 1} янв. 2026 г.`,
      "Ежемесячное пожертвование",
      `7Q2H-2VTR-4KMB-${index}`,
      `${index}\u00a0000,50\u00a0₽`,
    ],
  })),
  sums: [{ id: "total", name: "Итого за 2026 год", value: "−1\u202f234,50\u00a0€" }],
});

const content: DocumentContent = {
  language: "ru",
  name: "Гавань & Co",
  issuer: ["Фонд «Гавань»", "рег. № 123", "улица Қазыбек би, 1, Алматы"],
  title: "Справка за 2026 год & <ещё>",
  documentTitle: "Справка за 2026 год & <ещё>",
  facts: [{ id: "period", name: "Период", value: "1 января\u2009–\u200931 декабря 2026 г." }],
  sums: [{ id: "amount", name: "Сумма", value: "¥300" }],
  tables: [table(3)],
  notes: ["Спасибо.", "Ělwa ő ţ Ω ệ: letters of other languages."],
  issuedOn: "2026-11-27",
  pageOf: (page, pages) => `Страница ${page} из ${pages}`,
};

async function read(change: Partial<DocumentContent> = {}, size: PaperSize = "A4") {
  return readPdf(await buffer(documentAsPdf({ ...content, ...change }, size)));
}

test("the PDF is tagged: headings, paragraphs, and tables with header cells", async () => {
  const { elements, isMarked, language } = await read();
  expect([isMarked, language]).toEqual([true, "ru"]);
  expect(elements.map(({ role }) => role)).toEqual(["Document"]);
  const roles = elements[0]?.children.map(({ role }) => role);
  expect(roles).toEqual(["P", "P", "H1", "Table", "Table", "H2", "P", "Table", "Table", "P", "P"]);
  const heads = pdfTexts(elements, "TH");
  expect(heads).toEqual(expect.arrayContaining(["Период", "Сумма", "День", "1 янв. 2026 г.", "Итого за 2026 год"]));
});

test("Cyrillic, other scripts and currency signs can be read back exactly", async () => {
  const { elements } = await read();
  expect(pdfTexts(elements, "H1")).toEqual(["Справка за 2026 год & <ещё>"]);
  expect(pdfTexts(elements, "P")).toEqual([
    "Гавань & Co",
    "Фонд «Гавань» рег. № 123 улица Қазыбек би, 1, Алматы",
    "Пояснение к таблице.",
    "Спасибо.",
    "Ělwa ő ţ Ω ệ: letters of other languages.",
  ]);
  expect(pdfTableRows(elements).map((row) => row.map((cell) => cell.replace(/\s/gu, " ")))).toEqual([
    ["Период", "1 января – 31 декабря 2026 г."],
    ["Сумма", "¥300"],
    ["День", "Что", "Номер", "Сумма"],
    ["1 янв. 2026 г.", "Ежемесячное пожертвование", "7Q2H-2VTR-4KMB-0", "0 000,50 ₽"],
    ["2 янв. 2026 г.", "Ежемесячное пожертвование", "7Q2H-2VTR-4KMB-1", "1 000,50 ₽"],
    ["3 янв. 2026 г.", "Ежемесячное пожертвование", "7Q2H-2VTR-4KMB-2", "2 000,50 ₽"],
    ["Итого за 2026 год", "−1 234,50 €"],
  ]);
});

test("the metadata holds the title, the language and the printed day, but no author, subject or keywords", async () => {
  const { info, xmp } = await read();
  expect(info).toMatchObject({ Title: "Справка за 2026 год    ещё ", CreationDate: "D:20261127000000Z" });
  const unwanted = ["Author", "Subject", "Keywords", "ModDate", "Custom"].filter((name) => name in info);
  expect(unwanted).toEqual([]);
  expect(xmp).toContain("<pdfuaid:part>1</pdfuaid:part>");
  expect(xmp).toContain("<xmp:CreateDate>2026-11-27T00:00:00Z</xmp:CreateDate>");
  expect(xmp).toContain('<rdf:li xml:lang="x-default">Справка за 2026 год    ещё </rdf:li>');
});

test("the PDF embeds its fonts and refers to nothing outside, and the same document gives the same bytes", async () => {
  const [one, two] = await Promise.all([1, 2].map(() => buffer(documentAsPdf(content, "A4"))));
  expect(one?.equals(two as Buffer)).toBe(true);
  const raw = (one as Buffer).toString("latin1");
  const fonts = [...raw.matchAll(/\/FontName \/(\S+)/g)].map(([, name]) => name);
  expect(fonts.length).toBeGreaterThan(0);
  for (const name of fonts) expect(name).toMatch(/^[A-Z]{6}\+Source(Sans3|Serif4)-(Regular|SemiBold)$/);
  expect(raw.match(/\/FontFile2/g)).toHaveLength(fonts.length);
  expect(raw).not.toMatch(/\/(URI|Launch|JavaScript|JS|EmbeddedFile|AA|OpenAction)\b/);
  expect((await read()).annotations).toBe(0);
});

test.each([
  ["A4", [595.28, 841.89]],
  ["LETTER", [612, 792]],
] as const)(
  "continues on pages of %s, with every row once; screen readers skip repeated headings and page numbers",
  async (size, points) => {
    const one = await read({}, size);
    expect([one.pages, one.size, one.text.includes("Страница")]).toEqual([1, points, false]);
    const { pages, elements, text, unmarked } = await read({ tables: [table(75)] }, size);
    expect(unmarked).toBe("");
    expect(pages).toBeGreaterThan(2);
    const numbers = pdfTableRows(elements)
      .map((row) => row[2])
      .filter((cell) => cell?.startsWith("7Q2H"));
    expect(numbers).toEqual(Array.from({ length: 75 }, (_, index) => `7Q2H-2VTR-4KMB-${index}`));
    expect(text.match(/Страница \d из \d/g)).toEqual(
      Array.from({ length: pages }, (_, index) => `Страница ${index + 1} из ${pages}`),
    );
    expect(text.split("Номер")).toHaveLength(pages + 1);
    expect(JSON.stringify(elements)).not.toContain("Страница");
  },
);

test("a word that is too long is broken, and no letter is lost", async () => {
  const long = "x".repeat(400);
  const { elements } = await read({ issuer: [`${long} y`], notes: [`a ${long} z`], sums: [], tables: [] });
  const [, issuer, note] = pdfTexts(elements, "P").map((text) => text.replaceAll(" ", ""));
  expect([issuer, note]).toEqual([`${long}y`, `a${long}z`]);
});

test("a PDF passes the automatic checks of PDF/UA (Matterhorn protocol)", async () => {
  const raw = (await buffer(documentAsPdf({ ...content, facts: named, tables: [table(45)] }, "A4"))).toString("latin1");
  const objects = [...raw.matchAll(/\d+ 0 obj\n([\s\S]*?)\nendobj/g)].map(([, object = ""]) => object);
  const objectsMatching = (pattern: RegExp) => objects.filter((object) => pattern.test(object));
  const [catalog = ""] = objectsMatching(/\/Type \/Catalog/);
  expect(catalog).toMatch(/\/Lang \(ru\)/);
  expect(catalog).toMatch(/\/Metadata \d+ 0 R/);
  expect(objectsMatching(/\/Marked true/), "06: marked").toHaveLength(1);
  expect(objectsMatching(/\/DisplayDocTitle true/), "07: shows its title").toHaveLength(1);
  expect(
    objectsMatching(/\/ParentTree <<[^\]]*\]?\s*\/Nums \[\s+0 \[\d/),
    "01: the way from content to tags",
  ).toHaveLength(1);
  expect(raw).not.toMatch(/\/Suspects true|\/RoleMap|\/Encrypt/);
  const roles = new Set(objectsMatching(/\/S \/[A-Z]/).map((object) => /\/S \/(\w+)/.exec(object)?.[1]));
  expect([...roles].sort(), "02: standard roles only").toEqual([
    "Document",
    "H1",
    "H2",
    "P",
    "TD",
    "TH",
    "TR",
    "Table",
  ]);
  const heads = objectsMatching(/\/S \/TH\b/);
  expect(heads.length).toBeGreaterThan(45);
  for (const head of heads) expect(head, "15: a header cell has a scope").toMatch(/\/Scope \/(Row|Column)/);
  const fonts = objectsMatching(/\/Type \/Font\n/);
  const embedded = fonts.filter((font) => font.includes("/Subtype /Type0"));
  expect(embedded.length).toBeGreaterThan(3);
  for (const font of embedded) expect(font, "10: each letter has a text").toMatch(/\/ToUnicode \d+ 0 R/);
  expect(objectsMatching(/\/FontFile2 \d+ 0 R/), "31: embedded").toHaveLength(embedded.length);
  for (const page of objectsMatching(/\/Type \/Page\n/)) expect(page).toMatch(/\/StructParents \d+/);
});

test("headings follow each other without a gap, and all rows of a table have as many cells", async () => {
  const { elements } = await read({ tables: [table(45), table(2)] });
  const tags = elements.flatMap(({ children }) => children.map(({ role }) => role));
  expect(tags.filter((tag) => /^H\d$/.test(tag))).toEqual(["H1", "H2", "H2"]);
  const tables = elements.flatMap(({ children }) => children.filter(({ role }) => role === "Table"));
  expect(tables.length).toBeGreaterThan(4);
  for (const { children } of tables) expect(new Set(children.map((row) => row.children.length)).size).toBe(1);
});

const NAMES = ["דוד בן־גוריון", "Cohen דוד (Haifa)", "محمد عبد الله", "نوال ٣ السعداوي"];
const named = NAMES.map((value, index) => ({ id: String(index), name: "Name", value }));

test("Hebrew and Arabic names run from right to left, and can be read back", async () => {
  const { elements, places, unmarked } = await read({ language: "en", facts: named });
  // pdf.js guesses where spaces are, so the comparison ignores spaces.
  const plain = (text = "") => text.replaceAll(" ", "");
  expect(pdfTableRows(elements).map(([, value]) => plain(value))).toEqual(expect.arrayContaining(NAMES.map(plain)));
  const leftOf = (text: string) => places.find((place) => place.text.trim() === text)?.x ?? Number.NaN;
  expect(leftOf("Cohen")).toBeLessThan(leftOf("דוד"));
  expect(leftOf("דוד")).toBeLessThan(leftOf("(Haifa)"));
  expect(leftOf("السعداوي"), "the second name is left of the figure").toBeLessThan(leftOf("٣"));
  expect(unmarked).toBe("");
});

test("the letters of an Arabic word are joined, and each glyph stands for letters", () => {
  for (const face of ["serif-bold", "sans", "sans-bold"] as const) {
    const [run, ...others] = splitByFont("عبد", face);
    expect(others).toEqual([]);
    const layout = (text: string) =>
      loadDocumentFonts()
        .get(run?.font ?? "")
        ?.layout(text).glyphs ?? [];
    const alone = Array.from("دبع", (letter) => layout(letter)[0]?.id);
    expect(layout("عبد").map(({ id }) => id)).not.toEqual(alone);
    for (const name of NAMES)
      for (const { font, text } of splitByFont(name, face))
        for (const { codePoints } of loadDocumentFonts().get(font)?.layout(text).glyphs ?? [])
          expect(codePoints.length, text).toBeGreaterThan(0);
  }
});

test("a screen reader gets a Hebrew or Arabic name in spoken order, although its letters are stored in visual order", async () => {
  const raw = (await buffer(documentAsPdf({ ...content, facts: named }, "A4"))).toString("latin1");
  const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le").swap16().toString("latin1");
  const escaped = (text: string) => utf16(text).replace(/[()\\]/g, "\\$&");
  expect(raw.match(/\/ActualText/g)).toHaveLength(NAMES.length);
  expect(raw).toContain(`/ActualText (${escaped("דוד בן־גוריון")})`);
  expect(raw).toContain(`/ActualText (${escaped("محمد عبد الله")})`);
});

test("a document in a right-to-left language is laid out as a mirror image", async () => {
  const [english, arabic] = await Promise.all(["en", "ar"].map((language) => read({ language, sums: [], tables: [] })));
  const ends = ({ places, size }: NonNullable<typeof arabic>, text: string) => {
    const x = places.find((place) => place.text.startsWith(text))?.x ?? Number.NaN;
    return x < size[0] / 2 ? "left" : "right";
  };
  for (const text of ["Период", "Спасибо"])
    expect([english && ends(english, text), arabic && ends(arabic, text)]).toEqual(["left", "right"]);
});

test("a letter that no font has becomes a question mark, and every text of the site can be drawn", () => {
  expect(splitByFont("a中b", "sans").map(({ text }) => text)).toEqual(["a?b"]);
  const words = (file: string) => Object.values(JSON.parse(readFileSync(`content/messages/${file}.json`, "utf8")));
  const shown = publication.languages.flatMap((language) => [
    ...words(`${language}/documents`),
    ...words(`${language}/supporters`),
    ...words(`${language}/giving`),
  ]);
  const faces: FontFace[] = ["serif-bold", "sans", "sans-bold"];
  for (const face of faces)
    expect([...shown, JSON.stringify(publication)].filter((text) => !isDrawable(String(text), face))).toEqual([]);
});

test("an amount in any of Stripe's currencies can be drawn; a sign that no font has becomes the currency's code", () => {
  const amounts = Intl.supportedValuesOf("currency")
    .filter(isStripeCurrency)
    .flatMap((currency) =>
      ["en", "ru", "de", "fr"].map((locale) =>
        formatMoney({ amountMinor: -123_456, currency }, { locale, alwaysDecimals: true }),
      ),
    );
  expect(amounts.length).toBeGreaterThan(400);
  expect(amounts.filter((amount) => !isDrawable(amount, "sans-bold"))).toEqual([]);
  const drawn = (text: string) =>
    splitByFont(text, "sans")
      .map((run) => run.text)
      .join("");
  expect(drawn("−₪1,234.50")).toBe("−ILS\u00a01,234.50");
  expect(drawn("1\u202f234,50\u00a0₪")).toBe("1\u00a0234,50\u00a0ILS");
});
