import { chooseOwnSum, giftForm } from "./giving";
import { expect, type Page, test } from "./world";

const REFUSED: { typed: string; currency?: string; because: RegExp }[] = [
  { typed: "", because: /say how much/ },
  { typed: "ten", because: /plain digits/ },
  { typed: "0", because: /more than zero/ },
  { typed: "-5", because: /plain digits|more than zero/ },
  { typed: "1e9", because: /plain digits/ },
  { typed: "10.999", because: /no more than two decimals/ },
  { typed: "١٠", because: /plain digits/ },
  { typed: "100.5", currency: "JPY", because: /whole number/ },
  { typed: "1", because: /smallest gift we can take is \$2/ },
  { typed: "0.4", currency: "KWD", because: /smallest gift we can take is/ },
  { typed: "99999999", because: /largest gift this form takes/ },
];

async function expectRefusal(page: Page, { typed, currency = "USD", because }: (typeof REFUSED)[number]) {
  const own = page.getByLabel("Your own sum");
  await expect(own).toHaveAccessibleDescription(because);
  await expect(own).toHaveValue(typed);
  await expect(own).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Currency")).toHaveValue(currency);
  await expect(page.getByRole("radio", { name: "Yearly" })).toBeChecked();
}

test.describe("with JavaScript", () => {
  test("a refused sum stays where it is, with the reason beside it, and nothing is sent", async ({ page }) => {
    await page.goto("/give");
    page.on("request", (request) => expect(request.url()).not.toContain("/give/start"));
    for (const refused of REFUSED) {
      const { typed, currency = "USD" } = refused;
      await chooseOwnSum(giftForm(page), { every: "Yearly", own: typed, currency });
      await giftForm(page).getByRole("button").click();
      await expectRefusal(page, refused);
    }
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a refused sum comes back with the form filled in and the reason beside it", async ({ page }) => {
    for (const refused of REFUSED) {
      const { typed, currency = "USD" } = refused;
      await page.goto("/give");
      await chooseOwnSum(giftForm(page), { every: "Yearly", own: typed, currency });
      await giftForm(page).getByRole("button").click();
      await expectRefusal(page, refused);
    }
  });
});
