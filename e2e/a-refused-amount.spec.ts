import { chooseCustomAmount, giftForm } from "./giving";
import { expect, isFullRun, type Page, STRIPE_STAND_IN_URL, test } from "./world";

const REFUSED: { typed: string; currency?: string; because: RegExp }[] = [
  { typed: "", because: /enter an amount/ },
  { typed: "ten", because: /in digits, such as 25/ },
  { typed: "0", because: /more than zero/ },
  { typed: "-5", because: /leave out the minus sign/ },
  { typed: "1e9", because: /in digits, such as 25/ },
  { typed: "10.9999", because: /no more than two decimals/ },
  { typed: "1,000", because: /thousands or decimals/ },
  { typed: "€20", because: /belongs to another currency/ },
  { typed: "100.5", currency: "JPY", because: /whole number/ },
  { typed: "1", because: /smallest gift we can take is \$2/ },
  { typed: "0.4", currency: "KWD", because: /smallest gift we can take is/ },
  { typed: "99999999", because: /largest gift this form takes/ },
];

async function expectRefusal(page: Page, { typed, currency = "USD", because }: (typeof REFUSED)[number]) {
  const custom = page.getByLabel("Other amount");
  await expect(custom).toHaveAccessibleDescription(because);
  await expect(custom).toHaveValue(typed);
  await expect(custom).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Currency")).toHaveValue(currency);
  await expect(page.getByRole("radio", { name: "Yearly" })).toBeChecked();
}

async function tryAmount(page: Page, { typed, currency = "USD" }: (typeof REFUSED)[number]) {
  await chooseCustomAmount(giftForm(page), { frequency: "Yearly", customAmount: typed, currency });
  await giftForm(page).getByRole("button").click();
}

test("with JavaScript a refused amount stays in its field with the reason beside it, and nothing is sent", async ({
  page,
}) => {
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/give/start")) sent.push(request.url());
  });
  await page.goto("/give");
  for (const refused of REFUSED) {
    await tryAmount(page, refused);
    await expectRefusal(page, refused);
  }
  expect(sent).toEqual([]);
});

test.describe(() => {
  test.use({ javaScriptEnabled: false });

  test("without JavaScript a refused amount comes back with the form filled in and the reason beside it", async ({
    page,
  }) => {
    await page.goto("/give");
    // The usual run tries only every third amount. The test above already tries all of them, and the server applies the
    // same rules and shows the same texts.
    for (const refused of isFullRun ? REFUSED : REFUSED.filter((_, index) => index % 3 === 0)) {
      await tryAmount(page, refused);
      // Waits for the new URL, because the previous page shows the same form.
      await page.waitForURL(({ searchParams }) => searchParams.get("amount") === refused.typed);
      await expectRefusal(page, refused);
    }
  });
});

test("without JavaScript amounts are read as people write them", async ({ request }) => {
  const taken = { $21: "USD", "1 000,50 €": "EUR", "1\u202f000": "GBP", "5.": "EUR", "٢١": "USD", "￥１５０１": "JPY" };
  for (const [custom, currency] of Object.entries(taken)) {
    const form = {
      every: "once",
      currency,
      [`preset-${currency.toLowerCase()}-once`]: "custom",
      custom,
      form: await (await request.get("/give/token")).text(),
    };
    const headers = { "sec-fetch-site": "same-origin" };
    const answer = await request.post("/give/start", { form, maxRedirects: 0, headers });
    expect(answer.headers().location, custom).toContain(STRIPE_STAND_IN_URL);
  }
});
