import { downscaledPictures } from "@/domain/articles/article-pictures";
import { listArticles } from "@/systems/content";
import { type GeneratedPicture, generateOnce } from "@/systems/generated-pictures";
import { findPicture, type PictureFile, scaleToWidth } from "@/systems/pictures";

/**
 * Returns the reduced picture with this path, or null if no article uses such a picture or the original's file is
 * missing.
 */
export async function findOrGenerateSmallPicture(path: string): Promise<(GeneratedPicture & { type: string }) | null> {
  for (const { picture: facts } of listArticles()) {
    const small = facts ? downscaledPictures(facts).find((each) => each.path === path) : undefined;
    const picture = small && facts?.src ? await findPicture(facts.src) : null;
    if (small && picture) return { ...(await generateSmall(picture, small.widthPx)), type: picture.type };
  }
  return null;
}

function generateSmall(picture: PictureFile, widthPx: number): Promise<GeneratedPicture> {
  return generateOnce({
    kind: `width ${widthPx}`,
    ingredients: [picture.digest],
    render: () => scaleToWidth(picture, widthPx),
  });
}
