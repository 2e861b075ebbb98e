// Serves a picture that was added while the site runs. Next serves those that were in public/ when it started.
import { createHash } from "node:crypto";
import { findPicture } from "@/systems/pictures";
import { pictureResponse } from "../picture-response";

export const dynamic = "force-dynamic";

export async function GET(request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const picture = findPicture(`/pictures/${(await params).file}`);
  if (!picture) return pictureResponse(request, null);
  const tag = createHash("sha256").update(picture.bytes).digest("base64url").slice(0, 27);
  return pictureResponse(request, { ...picture, tag });
}
