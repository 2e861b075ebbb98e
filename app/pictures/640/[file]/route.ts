import { pictureResponse } from "../../picture-response";
import { findOrGenerateSmallPicture } from "../../small-picture";

export const dynamic = "force-dynamic";

export async function GET(request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  return pictureResponse(request, await findOrGenerateSmallPicture(`/pictures/640/${(await params).file}`));
}
