import { translator } from "@/content/messages";
import type { LetterChoices } from "@/domain/supporters/letter-readers";
import { Button } from "../ui/button";

/**
 * `feedUrl`: the secret URL of a feed of letters that was just created. It is shown only once, and is null at other
 * times.
 */
type LetterDeliveryChoicesProps = { locale: string; choices: LetterChoices; feedUrl: string | null };

export function LetterDeliveryChoices({ locale, choices, feedUrl }: LetterDeliveryChoicesProps) {
  const t = translator(locale);
  const { byMail, hasFeed } = choices;
  return (
    <div className="letter-ways" id="letter-ways">
      <h3>{t("letters.ways")}</h3>
      <form className="letter-way" method="post" action="/supporters/letters/by-mail">
        <p>{t(byMail ? "letters.mail.on" : "letters.mail.off")}</p>
        <Button kind={byMail ? "plain" : "quiet"} name="choice" value={byMail ? "off" : "on"}>
          {t(byMail ? "letters.mail.stop" : "letters.mail.start")}
        </Button>
      </form>
      <form className="letter-way" method="post" action="/supporters/letters/feed">
        {feedUrl ? (
          <div className="letter-feed" role="status">
            <p>{t("letters.feed.is")}</p>
            <code>{feedUrl}</code>
            <p className="supporters-note">{t("letters.feed.keep")}</p>
          </div>
        ) : (
          <p>{t(hasFeed ? "letters.feed.on" : "letters.feed.off")}</p>
        )}
        <div className="letter-way-buttons">
          <Button kind={hasFeed ? "plain" : "quiet"} name="choice" value="new">
            {t(hasFeed ? "letters.feed.renew" : "letters.feed.make")}
          </Button>
          {hasFeed ? (
            <Button kind="plain" name="choice" value="none">
              {t("letters.feed.close")}
            </Button>
          ) : null}
        </div>
      </form>
    </div>
  );
}
