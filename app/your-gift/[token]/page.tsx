// The page of a recurring gift that an e-mail links to. With a valid link, anybody can pause, end or pay for the gift
// here without signing in. Opening the page changes nothing, because mail scanners open links.

import { HiddenLanguageField } from "@/components/site/hidden-language-field";
import {
  MAILED_GIFT_LINK_OUTCOMES,
  MailedLinkGiftView,
  signInLinkRenderer,
} from "@/components/supporters/mailed-link-gift";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { Translate } from "@/content/messages";
import { findNextAttemptIfOverdue } from "@/domain/supporters/next-attempt";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { readFlashMessage } from "@/systems/flash-message";
import { giftLinkPath } from "@/systems/links/gift-link";
import { requireKnownGiftLink } from "@/systems/links/with-gift-link";
import { pageTranslator, titleMetadata } from "@/systems/page-language";

export const generateMetadata = titleMetadata("link.title");

export default async function LinkedGiftPage({ params }: { params: Promise<{ token: string }> }) {
  const t = await pageTranslator();
  const { token } = await params;
  const { kind, linked } = await requireKnownGiftLink(token);
  const path = giftLinkPath(token);
  const done = (await readFlashMessage(path))?.done;
  if (kind === "old") return <OldLink t={t} path={path} done={done} />;
  const outcome = MAILED_GIFT_LINK_OUTCOMES.find((each) => each === done);
  const now = currentTime();
  const nextAttempt = await findNextAttemptIfOverdue(await database(), { id: linked.gift.id, now });
  return <MailedLinkGiftView {...{ t, path, outcome, now }} gift={linked.gift} nextAttempt={nextAttempt} />;
}

function OldLink({ t, path, done }: { t: Translate; path: string; done: unknown }) {
  const isMailed = done === "mailed";
  return (
    <div className="page page-narrow sign-in">
      <h1>{t(isMailed ? "link.mailed-title" : "link.old-title")}</h1>
      {done === "often" ? (
        <Notice kind="bad" title={t("link.often-title")}>
          <p>{t("link.often-text")}</p>
        </Notice>
      ) : null}
      <p>{isMailed ? t.rich("link.mailed-text", { signin: signInLinkRenderer(t) }) : t("link.old-text")}</p>
      {isMailed ? null : (
        <form method="post" action={`${path}/renew`}>
          <HiddenLanguageField locale={t.locale} />
          <Button>{t("link.old-button")}</Button>
        </form>
      )}
    </div>
  );
}
