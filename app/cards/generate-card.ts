// Generates the picture that social networks show for an article: a JPEG, which all of them accept. next/og would fetch
// missing fonts from Google. To prevent that, a text is left out if our fonts do not cover its script.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ImageResponse } from "next/og";
import { createElement } from "react";
import { PICTURE_SIZE_ON_SHARE_CARD, ShareCard } from "@/components/article/share-card";
import type { Article } from "@/domain/articles/article";
import { SHARE_CARD_FORMAT } from "@/domain/articles/article-pictures";
import { publication } from "@/publication";
import { type GeneratedPicture, generateOnce } from "@/systems/generated-pictures";
import { cropToDataUrl, findPicture, type PictureFile, toJpeg } from "@/systems/pictures";

const SCRIPTS = ["latin", "latin-ext", "cyrillic", "greek"];
const COVERED = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Common}\p{Script=Inherited}]*$/u;
/** Emoji are removed from the texts, because next/og would fetch them as images. */
const EMOJI = /\p{Extended_Pictographic}\ufe0f?/gu;

type CardArticle = Pick<Article, "kicker" | "headline" | "picture">;

export async function findOrGenerateShareCard(article: CardArticle): Promise<GeneratedPicture> {
  const picture = await findPicture(article.picture?.src ?? "");
  const ingredients = [article.kicker, article.headline, picture?.digest ?? ""];
  return generateOnce({ kind: "card", ingredients, render: () => generateShareCard(article, picture) });
}

export async function generateShareCard(article: CardArticle, pictureFile?: PictureFile | null): Promise<Buffer> {
  const file = pictureFile === undefined ? await findPicture(article.picture?.src ?? "") : pictureFile;
  const picture = file && (await cropToDataUrl(file, PICTURE_SIZE_ON_SHARE_CARD));
  const words = { kicker: drawable(article.kicker), headline: drawable(article.headline) };
  const card = createElement(ShareCard, { article: words, publication, picture });
  const { width, height } = SHARE_CARD_FORMAT;
  return toJpeg(await new ImageResponse(card, { width, height, fonts: await fonts() }).arrayBuffer());
}

function drawable(text: string): string {
  return COVERED.test(text) ? text.replace(EMOJI, "").trim() : "";
}

function fonts() {
  const folder = join(process.cwd(), "node_modules/@fontsource/source-serif-4/files");
  const fontOf = async (script: string) => ({
    name: `Serif ${script}`,
    data: await readFile(join(folder, `source-serif-4-${script}-600-normal.woff`)),
    weight: 600 as const,
    style: "normal" as const,
  });
  return Promise.all(SCRIPTS.map(fontOf));
}
