import "server-only";
import { SIGN_IN_LINK_MINUTES } from "../../../domain/supporters/sign-in";
import type { MailContent } from "../mail-content";
import { formattersOf, type MailContext, siteLink } from "../mail-context";

export function signInMailContent({ token, next }: { token: string; next: string }, context: MailContext): MailContent {
  const { t } = formattersOf(context);
  const { name } = context.publication;
  const path = `/sign-in/confirm?${new URLSearchParams({ token, next })}`;
  const url = siteLink(context, path);
  return {
    from: name,
    subject: t("mail.sign-in.subject", { name }),
    title: t("mail.sign-in.title"),
    paragraphs: [t("mail.sign-in.text", { name, minutes: SIGN_IN_LINK_MINUTES })],
    table: null,
    actions: [{ label: t("mail.sign-in.open"), url, showsAddress: true }],
    foot: [t("mail.sign-in.not-you")],
  };
}
