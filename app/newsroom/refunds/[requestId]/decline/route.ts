import { withStaff } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { declineRefundRequest } from "@/systems/people/refunds";
import { type SameOriginForm, seeOther } from "@/systems/same-origin-form";

type Params = { requestId: string };
const pageOf = ({ params }: SameOriginForm<Params>) => `/newsroom/refunds/${params.requestId}`;

export const POST = withStaff<Params>("people", pageOf, async (sent) => {
  const { params, viewer } = sent;
  await declineRefundRequest(await database(), { id: params.requestId, colleague: viewer.colleague });
  return seeOther(pageOf(sent));
});
