// Serves pictures that were added to public/pictures/ while the server runs. Next itself serves those that were there
// at its start.
import { findPicture } from "@/systems/pictures";
import { pictureResponse } from "../picture-response";

export const dynamic = "force-dynamic";

export async function GET(request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const picture = await findPicture(`/pictures/${(await params).file}`);
  if (!picture) return pictureResponse(request, null);
  return pictureResponse(request, { ...picture, tag: picture.digest });
}
