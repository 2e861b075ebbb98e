import "server-only";
import { SIGN_IN_LINK_MINUTES } from "../../../domain/supporters/sign-in";
import { formattersOf, type MailContext, siteLink } from "../mail-context";
import type { MailSheet } from "../sheet";

export function signInSheet({ token, next }: { token: string; next: string }, context: MailContext): MailSheet {
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
