import "server-only";
import { formatEmailAddress } from "../../../domain/email-address";
import { maskEmail } from "../../../domain/supporters/signed-in-person";
import type { MailContent } from "../mail-content";
import { formattersOf, type MailContext, siteLink } from "../mail-context";

export type AddressChangeMailKind = "address-old" | "address-new";
/**
 * `token` and `newAddress` are decrypted. `takesEffectAt` (ISO 8601): from this time on, the change needs no
 * confirmation from the old mailbox. Null if that confirmation is always needed, because the supporter can still read
 * the old mailbox.
 */
export type AddressChangeMailValues = {
  token: string;
  newAddress: string;
  takesEffectAt: string | null;
  by?: "staff" | undefined;
};

/**
 * The e-mails that ask to confirm a new address. In the one to the old mailbox the new address is masked, because that
 * mailbox can now belong to a stranger.
 */
export function addressChangeMailContent(
  kind: AddressChangeMailKind,
  { token, newAddress, takesEffectAt, by }: AddressChangeMailValues,
  context: MailContext,
): MailContent {
  const { t, day } = formattersOf(context);
  const { name, contact } = context.publication;
  const address = kind === "address-old" ? maskEmail(newAddress) : formatEmailAddress(newAddress);
  return {
    from: name,
    subject: t(`mail.${kind}.subject`, { name }),
    title: t(`mail.${kind}.title`),
    paragraphs: [
      t(by === "staff" ? `mail.${kind}.text-staff` : `mail.${kind}.text`, { name, address }),
      takesEffectAt ? t(`mail.${kind}.lost`, { day: day(takesEffectAt) }) : t(`mail.${kind}.both`),
    ],
    table: null,
    actions: [
      {
        label: t(`mail.${kind}.open`),
        url: siteLink(context, `/address-change?${new URLSearchParams({ token })}`),
        showsAddress: true,
      },
    ],
    foot: [t(`mail.${kind}.not-you`), t("mail.questions", { contact })],
  };
}

/** The e-mails after the change. The one to the old mailbox does not name the new address. */
export function addressChangedMailContent(kind: "address-changed" | "address-left", context: MailContext): MailContent {
  const { t } = formattersOf(context);
  const { name, contact } = context.publication;
  const isNew = kind === "address-changed";
  return {
    from: name,
    subject: t(`mail.${kind}.subject`, { name }),
    title: t(`mail.${kind}.title`),
    paragraphs: [t(`mail.${kind}.text`, { name }), t(`mail.${kind}.then`)],
    table: null,
    actions: isNew ? [{ label: t("mail.address-changed.open"), url: siteLink(context, "/supporters") }] : [],
    foot: [isNew ? t("mail.questions", { contact }) : t("mail.address-left.not-you", { contact })],
  };
}
