// Checks the newsroom's content, and generates the pictures of its articles, so that no reader waits for one. It is a part of `npm run build`.
import { join } from "node:path";
import { findCard } from "../../app/cards/draw-card";
import { findSmallPicture } from "../../app/pictures/800/small-picture";
import { smallPicturePath } from "../../domain/articles/article-pictures";
import { articlesFolder, readArticles } from "../../systems/articles/article-files";
import { readContent } from "../../systems/content";
import { findPicture } from "../../systems/pictures";

try {
  readContent(join(process.cwd(), "content"));
  for (const article of readArticles(articlesFolder())) {
    const { picture, slug } = article;
    if (picture?.src && !(await findPicture(picture.src)))
      throw new Error(`content: articles/${slug}.md: picture.src: the file public${picture.src} does not exist`);
    const small = picture && smallPicturePath(picture);
    if (small) await findSmallPicture(small.slice(small.lastIndexOf("/") + 1));
    await findCard(article);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
