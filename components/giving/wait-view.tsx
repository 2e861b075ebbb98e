import { translator } from "@/content/messages";
import { formatExposure } from "@/domain/appeal/exposure";
import {
  COVER_FEE_CHECKED_VALUE,
  COVER_FEE_FIELD,
  FREQUENCY_FIELD_VALUES,
  type GiftFormValues,
} from "@/domain/giving/gift-form";
import { languageFieldValue } from "../site/hidden-language-field";
import { PlainPage } from "../site/plain-page";
import { Button, LinkStyledAsButton } from "../ui/button";
import { HiddenFields } from "../ui/hidden-fields";

type WaitToGiveViewProps = {
  locale: string;
  form: GiftFormValues;
  token: string;
  /**
   * The id of a started gift whose reader waits to move from the site's payment page to Stripe's. Null if the gift has
   * not started.
   */
  movedGiftId: string | null;
  /** The signed pass that states when the reader may continue. Null if the queue is too long. */
  pass: string | null;
  from: string;
  waitSeconds: number;
  /** The path of the gift form, filled in with the reader's choices. */
  formPath: string;
};

export function WaitToGiveView({ pass, formPath, ...line }: WaitToGiveViewProps) {
  const t = translator(line.locale);
  return (
    <PlainPage title={t(pass === null ? "giving.wait.later-title" : "giving.wait.title")}>
      <p>{t("giving.wait.why")}</p>
      {pass === null ? <p>{t("giving.wait.later")}</p> : <InLine {...line} pass={pass} />}
      <p>
        <a href={formPath}>{t("giving.wait.back")}</a>
      </p>
    </PlainPage>
  );
}

function InLine({ waitSeconds, ...line }: Omit<WaitToGiveViewProps, "formPath" | "pass"> & { pass: string }) {
  const t = translator(line.locale);
  if (waitSeconds > 0)
    return (
      <>
        <p role="status">{t("giving.wait.seconds", { seconds: waitSeconds })}</p>
        <p>
          {/* This link is for browsers that do not reload the page by themselves. */}
          <LinkStyledAsButton kind="quiet" href="">
            {t("giving.wait.look-again")}
          </LinkStyledAsButton>
        </p>
      </>
    );
  const fields = line.movedGiftId ? { gift: line.movedGiftId, pass: line.pass } : fieldsOf(line);
  return (
    <>
      <p>{t("giving.wait.ready")}</p>
      <form method="post" action={line.movedGiftId ? "/give/pay/hosted" : "/give/start"}>
        <HiddenFields fields={fields} />
        <p>
          <Button>{t("giving.continue")}</Button>
        </p>
      </form>
    </>
  );
}

function fieldsOf({
  locale,
  form,
  token,
  pass,
  from,
}: Pick<WaitToGiveViewProps, "locale" | "form" | "token" | "from" | "pass">) {
  const { frequency, currency, amount, coversFee, article, placement, appeal, variant, exposure } = form;
  return {
    every: FREQUENCY_FIELD_VALUES[frequency],
    currency,
    amount,
    [COVER_FEE_FIELD]: coversFee ? COVER_FEE_CHECKED_VALUE : null,
    article,
    placement,
    appeal,
    variant,
    exposure: exposure ? formatExposure(exposure) : null,
    form: token,
    pass,
    from,
    language: languageFieldValue(locale),
  };
}
