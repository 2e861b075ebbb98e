// Generates the smaller copies of the articles' pictures.
import { SMALL_WIDTH_PX, smallPicturePath } from "@/domain/articles/article-pictures";
import { listArticles } from "@/systems/content";
import { type DrawnPicture, drawOnce } from "@/systems/drawn-pictures";
import { findPicture, scaleToWidth } from "@/systems/pictures";

/** `file` is the file name in a path of `smallPicturePath`. Returns null if the picture does not belong to an article. */
export async function findSmallPicture(file: string): Promise<(DrawnPicture & { type: string }) | null> {
  const path = `/pictures/${SMALL_WIDTH_PX}/${file}`;
  const isAnArticles = listArticles().some(({ picture }) => picture && smallPicturePath(picture) === path);
  const picture = isAnArticles ? await findPicture(`/pictures/${file}`) : null;
  if (!picture) return null;
  const draw = () => scaleToWidth(picture, SMALL_WIDTH_PX);
  const drawn = await drawOnce({ kind: `width ${SMALL_WIDTH_PX}`, madeOf: [picture.digest], draw });
  return { ...drawn, type: picture.type };
}
