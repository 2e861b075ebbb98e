import { giftForm } from "./giving";
import { expect, STRIPE_STAND_IN_URL, test } from "./world";

test("a form that is sent several times, and a double click, open one Checkout", async ({ page }) => {
  const starts: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/give/start")) starts.push(request.postData() ?? "");
  });
  await page.goto("/give?every=once&amount=25");
  const fields = await giftForm(page).evaluate((form: HTMLFormElement) =>
    Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)])),
  );
  const headers = { "sec-fetch-site": "same-origin" };
  const send = () => page.request.post("/give/start", { form: fields, maxRedirects: 0, headers });
  const answers = await Promise.all([send(), send(), send()]);
  expect(answers.map((answer) => answer.status())).toEqual([303, 303, 303]);
  const checkouts = new Set(answers.map((answer) => answer.headers().location));
  expect(checkouts.size).toBe(1);
  expect([...checkouts][0]).toContain(STRIPE_STAND_IN_URL);

  await giftForm(page).getByRole("button").dblclick();
  await page.waitForURL(`${STRIPE_STAND_IN_URL}/**`);
  expect(starts).toHaveLength(1);
  expect(page.url()).toBe([...checkouts][0]);
});

test("a form sent from another site is refused", async ({ request }) => {
  const fields = {
    every: "once",
    currency: "USD",
    "preset-usd-once": "custom",
    custom: "25",
    form: crypto.randomUUID(),
  };
  const foreign: Record<string, string>[] = [{ "sec-fetch-site": "cross-site" }, { origin: "https://example.com" }];
  for (const headers of foreign) {
    const answer = await request.post("/give/start", { form: fields, maxRedirects: 0, headers });
    expect(answer.status()).toBe(403);
  }
});
