import { giftForm } from "./giving";
import { expect, STRIPE, test } from "./world";

test("a double click opens one Checkout", async ({ page }) => {
  const starts: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/give/start")) starts.push(request.postData() ?? "");
  });
  await page.goto("/give?every=once&amount=25");
  await giftForm(page).getByRole("button").dblclick();
  await expect(page).toHaveURL(new RegExp(`^${STRIPE}/`));
  expect(starts).toHaveLength(1);
});

test("the same form sent twice by an impatient network leads to the same Checkout", async ({ page, request }) => {
  await page.goto("/give?every=once&amount=25");
  const fields = await giftForm(page).evaluate((form: HTMLFormElement) =>
    Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)])),
  );
  const send = () =>
    request.post("/give/start", { form: fields, maxRedirects: 0, headers: { "sec-fetch-site": "same-origin" } });
  const answers = await Promise.all([send(), send(), send()]);
  const places = new Set(answers.map((answer) => answer.headers().location));
  expect(answers.map((answer) => answer.status())).toEqual([303, 303, 303]);
  expect(places.size).toBe(1);
  expect([...places][0]).toContain(STRIPE);
});

test("a form sent from another site opens nothing", async ({ request }) => {
  const fields = { every: "once", currency: "USD", "sum-usd-once": "own", own: "25", form: crypto.randomUUID() };
  const foreign: Record<string, string>[] = [{ "sec-fetch-site": "cross-site" }, { origin: "https://example.com" }];
  for (const headers of foreign) {
    const answer = await request.post("/give/start", { form: fields, maxRedirects: 0, headers });
    expect(answer.status()).toBe(403);
  }
});
