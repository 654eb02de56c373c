const CODES =
  "AD AE AF AG AI AL AM AO AQ AR AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CD CF CG CH CI CK CL CM CN CO CR CV CW CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IQ IS IT JE JM JO JP KE KG KH KI KM KN KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MK ML MM MN MO MQ MR MS MT MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PY QA RE RO RS RW SA SB SC SE SG SI SK SL SM SN SO SR SS ST SV SZ TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VN VU WF WS XK YE YT ZA ZM ZW".split(
    " ",
  );

/** Every country by its English name. */
export function countries(allowed?: string[] | null): [code: string, name: string][] {
  const names = new Intl.DisplayNames("en", { type: "region" });
  return CODES.filter((code) => !allowed || allowed.includes(code))
    .map((code): [string, string] => [code, names.of(code) ?? code])
    .sort(([, a], [, b]) => a.localeCompare(b));
}

/** Where the reader's browser says that they are. */
export function homeCountry(): string {
  const region = new Intl.Locale(navigator.language).region ?? "US";
  return CODES.includes(region) ? region : "US";
}

const POSTAL: Record<string, string> = { US: "ZIP code", CA: "Postal code", GB: "Postal code" };

/** Where a card's bank compares the postal code, it is asked for. */
export const postalLabel = (country: string): string | undefined => POSTAL[country];
