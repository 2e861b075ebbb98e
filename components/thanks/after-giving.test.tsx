import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { AfterGiving } from "./after-giving";
import { ThanksView } from "./thanks-view";

const article = { headline: "Ice & fire: 50% more", path: "/articles/ice", isArticle: true };

test("links back to the article and offers its URL for sharing, without a third party", () => {
  const rendered = renderToStaticMarkup(
    <AfterGiving locale="en" returnTo={article} site="https://news.example" offersSharing />,
  );
  const html = rendered.replaceAll("&amp;", "&");
  expect(html).toContain('<a href="/articles/ice">Ice & fire: 50% more</a>');
  expect(html).toContain(
    'href="mailto:?subject=Ice%20%26%20fire%3A%2050%25%20more&body=https%3A%2F%2Fnews.example%2Farticles%2Fice"',
  );
  expect(html).toContain(">https://news.example/articles/ice<");
});

test("under high risk it links back to the article and offers no sharing", () => {
  const html = renderToStaticMarkup(
    <AfterGiving locale="en" returnTo={article} site="https://news.example" offersSharing={false} />,
  );
  expect(html).toContain('href="/articles/ice"');
  for (const way of ["mailto:", "data-share", "https://news.example/articles/ice"]) expect(html).not.toContain(way);
});

test("shows the day of the next payment in the newsroom's time zone", () => {
  const progress = { kind: "unknown" } as const;
  const render = (chargesNextAt: string | null) =>
    renderToStaticMarkup(
      <ThanksView locale="en" progress={progress} checkoutSessionId="" chargesNextAt={chargesNextAt} />,
    );
  expect(render("2026-12-26T22:30:00.000Z")).toContain("Your next payment is on December 27, 2026.");
  expect(render(null)).not.toContain("next payment");
});
