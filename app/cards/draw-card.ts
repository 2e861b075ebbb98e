// An article's card as a JPEG: the format that every network takes, and small enough for all of them. The type comes from a
// package: next/og looks for a font elsewhere only where a headline is in a script that none of SCRIPTS covers.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ImageResponse } from "next/og";
import { createElement } from "react";
import { CARD_PICTURE, ShareCard } from "@/components/article/share-card";
import type { Article } from "@/domain/articles/article";
import { CARD } from "@/domain/articles/article-pictures";
import { publication } from "@/publication";
import { cropToDataAddress, toJpeg } from "@/systems/pictures";

const SCRIPTS = ["latin", "latin-ext", "cyrillic", "greek"];
/** Drawn as pictures that next/og would fetch. */
const EMOJI = /\p{Extended_Pictographic}\ufe0f?/gu;

export async function drawCard(article: Article): Promise<Buffer> {
  const picture = article.picture?.src ? await cropToDataAddress(article.picture.src, CARD_PICTURE) : null;
  const headline = article.headline.replace(EMOJI, "").trim();
  const card = createElement(ShareCard, { article: { kicker: article.kicker, headline }, publication, picture });
  const { width, height } = CARD;
  return toJpeg(await new ImageResponse(card, { width, height, fonts: fonts() }).arrayBuffer());
}

function fonts() {
  const folder = join(process.cwd(), "node_modules/@fontsource/source-serif-4/files");
  return SCRIPTS.map((script) => ({
    name: "Serif",
    data: readFileSync(join(folder, `source-serif-4-${script}-600-normal.woff`)),
    weight: 600 as const,
    style: "normal" as const,
  }));
}
