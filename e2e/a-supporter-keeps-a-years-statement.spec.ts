import { readFile } from "node:fs/promises";
import { extractText, getDocumentProxy } from "unpdf";
import { expectPressable } from "./pressable";
import { expectAccessibleAtAllWidths } from "./readable";
import { SIGNED_IN_SUPPORTER } from "./signed-in";
import { expect, type Locator, type Page, test } from "./world";

test.use({ storageState: SIGNED_IN_SUPPORTER.storageState });

async function download(page: Page, link: Locator): Promise<{ name: string; bytes: Buffer }> {
  await expectPressable(link);
  const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

async function textOfPdf(bytes: Buffer): Promise<string> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true });
  return text.replace(/\s+/g, " ");
}

test("a supporter opens the year's statement and keeps it as PDF and as CSV", async ({ page }) => {
  await page.goto("/supporters");
  const link = page.getByRole("link", { name: /^Statement for \d{4}$/ }).first();
  const year = await link.innerText();
  await link.click();
  await expect(page.getByRole("heading", { level: 1, name: `Statement for ${year}` })).toBeVisible();
  const gift = page.getByRole("row").filter({ hasText: "Monthly gift" }).first();
  await expect(gift).toContainText("KWD 20.000");
  const number = await gift.getByRole("cell").nth(1).innerText();
  expect(number).toMatch(/^([1-9A-Z]{4}-){3}[1-9A-Z]$/);
  await expectAccessibleAtAllWidths(page, "a statement");

  const takenBy = await page.locator("article.sheet header span").first().innerText();
  const [zone = ""] = /\(\w+\/[\w/]+\)/.exec(await page.locator("article.sheet").innerText()) ?? [];

  const pdf = await download(page, page.getByRole("link", { name: "Download as PDF" }));
  expect(pdf.name).toBe(`statement-${year}.pdf`);
  const text = await textOfPdf(pdf.bytes);
  for (const words of [`Statement for ${year}`, number, "KWD 20.000", takenBy, zone]) {
    expect(words).not.toBe("");
    expect(text).toContain(words);
  }

  const csv = await download(page, page.getByRole("link", { name: "Download as CSV" }));
  expect(csv.name).toBe(`statement-${year}.csv`);
  expect(csv.bytes.toString("utf8")).toContain(`Monthly gift,${number},20.000,KWD,yes`);
});

test("the receipt that a supporter opens is the one that they keep", async ({ page }) => {
  await page.goto("/supporters");
  await page
    .getByRole("link", { name: /^Receipt of/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "Receipt" })).toBeVisible();
  const number = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  await expect(page.getByRole("definition").first()).toHaveText(number);
  const pdf = await download(page, page.getByRole("link", { name: "Download as PDF" }));
  expect(pdf.name).toBe(`receipt-${number}.pdf`);
  expect(await textOfPdf(pdf.bytes)).toContain(`Receipt number ${number}`);
});
