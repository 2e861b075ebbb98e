// Generates the small pictures of all current articles, and the pictures that other sites show with a link (cards).
// Runs at build time, so that no reader waits for a picture.
import { join } from "node:path";
import { findOrGenerateShareCard } from "../../app/cards/generate-card";
import { findOrGenerateSmallPicture } from "../../app/pictures/small-picture";
import { downscaledPictures } from "../../domain/articles/article-pictures";
import { articlesFolder, readArticles } from "../../systems/articles/article-files";
import { readContent } from "../../systems/content";
import { findPicture } from "../../systems/pictures";

try {
  readContent(join(process.cwd(), "content"));
  for (const article of readArticles(articlesFolder())) {
    const { picture, slug } = article;
    if (picture?.src && !(await findPicture(picture.src)))
      throw new Error(`content: articles/${slug}.md: picture.src: the file public${picture.src} does not exist`);
    for (const { path } of picture ? downscaledPictures(picture) : []) await findOrGenerateSmallPicture(path);
    await findOrGenerateShareCard(article);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
