import { test } from "./world";
for (const path of ["/articles/chto-skhema-metro-ostavlyaet-za-skobkami", "/ru", "/ru/give", "/ru/about-your-gift", "/ru/banner-manners"])
  test(`probe ${path}`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 900 });
    await page.goto(path);
    await page.evaluate(() => { document.documentElement.style.fontSize = "200%"; });
    const again = page.getByRole("button", { name: "Снова показать обращение" });
    if (await again.count()) { await again.click(); await page.locator("[data-banner-open]").click(); }
    const wide = await page.evaluate(() => [...document.querySelectorAll("body *")].filter((e) => { const r = e.getBoundingClientRect(); return r.right > innerWidth + 1 && r.width > 0; }).map((e) => `${e.tagName}.${e.className} ${Math.round(e.getBoundingClientRect().right)} ${(e.textContent ?? "").slice(0, 40)}`));
    console.log(path, await page.evaluate(() => document.documentElement.scrollWidth), JSON.stringify(wide, null, 1));
  });
